import { RECORD_LIMIT } from '../csv/frames.ts';
import { XmlError } from '../workbook/xml-error.ts';
import { attribute } from '../workbook/xml-text.ts';

/** Collects the paragraphs of a cell, one per line; leaves out its comments and drawings. */
export class OdsText {
  #text = '';
  #paragraphs = 0;
  #inParagraph = false;
  /** Number of open elements whose text does not belong to the cell. */
  #skipped = 0;

  get isSkipping(): boolean {
    return this.#skipped > 0;
  }

  open(name: string, attributes: string): void {
    if (this.#skipped > 0 || !isContent(name)) {
      this.#skipped += 1;
      return;
    }
    switch (name) {
      case 'p':
        if (this.#paragraphs++ > 0) this.#add('\n');
        this.#inParagraph = true;
        return;
      case 's':
        this.#add(' '.repeat(spaces(attributes)));
        return;
      case 'tab':
        this.#add('\t');
        return;
      case 'line-break':
        this.#add('\n');
        return;
      default:
    }
  }

  close(name: string): void {
    if (this.#skipped > 0) this.#skipped -= 1;
    else if (name === 'p') this.#inParagraph = false;
  }

  /** White space in a paragraph counts as one blank. */
  text(text: string): void {
    if (this.#inParagraph && this.#skipped === 0) this.#add(text.replace(/[ \t\n\r]+/g, ' '));
  }

  /** @returns the text so far, and begins the next cell */
  take(): string {
    const text = this.#text;
    this.#text = '';
    this.#paragraphs = 0;
    this.#skipped = 0;
    this.#inParagraph = false;
    return text;
  }

  #add(text: string): void {
    this.#text += text;
    if (this.#text.length > RECORD_LIMIT) throw new XmlError('damaged');
  }
}

function spaces(attributes: string): number {
  const count = Number(attribute(attributes, 'c') ?? 1);
  return count >= 0 && count < RECORD_LIMIT ? count : 1;
}

/** Paragraphs, and what formats or links a part of one. */
const isContent = (name: string): boolean =>
  ['p', 'span', 'a', 's', 'tab', 'line-break', 'ruby', 'ruby-base'].includes(name);
