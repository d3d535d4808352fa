import { XmlError } from '../workbook/xml-error.ts';
import { LONGEST_TEXT } from './text-arena.ts';

/** Collects the text of a string, which can be in several parts with formats; leaves out phonetic guides. */
export class RichText {
  #text = '';
  #isOpen = false;
  #isText = false;
  /** Inside a phonetic guide (`rPh`), as Japanese Excel adds it. */
  #isGuide = false;

  begin(): void {
    this.#text = '';
    this.#isOpen = true;
  }

  open(name: string): void {
    if (!this.#isOpen) return;
    if (name === 't') this.#isText = !this.#isGuide;
    else if (name === 'rPh') this.#isGuide = true;
  }

  text(text: string): void {
    if (!this.#isText) return;
    this.#text += text;
    if (this.#text.length > LONGEST_TEXT) throw new XmlError('damaged');
  }

  close(name: string): void {
    if (name === 't') this.#isText = false;
    else if (name === 'rPh') this.#isGuide = false;
  }

  end(): string {
    this.#isOpen = false;
    return this.#text;
  }
}
