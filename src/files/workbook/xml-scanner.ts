import { XmlError } from './xml-error.ts';
import { decodeText } from './xml-text.ts';

/** Receives the parts of a document in their order. Names come without their namespace prefix. */
export interface XmlHandler {
  /**
   * Set by `open` to skip the content of the element, several times faster than it is read. The element must not
   * contain another of its name.
   */
  skip?: boolean;
  /** @param attributes the text between the name and the end of the tag, see `attribute` */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** The text between two tags, decoded; comments can divide it. */
  text(text: string): void;
}

/** Longest tag or text in UTF-16 units, so that a missing `<` or `>` cannot exhaust the memory. */
const TOKEN_LIMIT = 2 * 1024 * 1024;
const MOST_LEVELS = 200;
/** Longest end tag of skipped content. */
const MOST_NAME = 256;

const [TAB, LF, CR, SPACE, DOUBLE, SINGLE] = [9, 10, 13, 32, 34, 39];
const [SLASH, COLON, GREATER, QUESTION, EXCLAMATION] = [47, 58, 62, 63, 33];

/**
 * Scans a document that arrives in pieces. It knows no entities but the five of XML and numeric ones, and refuses
 * a document type declaration, so that nothing outside the document is ever read. Checks that the tags are
 * nested, and reads several times more per second than a general parser: a sheet has a hundred megabytes of tags.
 *
 * @example
 * const scanner = new XmlScanner(handler);
 * scanner.write('<row r="1"><c>'); // handler.open('row', ' r="1"'), handler.open('c', '')
 * scanner.write('</c></row>');
 * scanner.end(); // throws when an element is still open
 */
export class XmlScanner {
  readonly #handler: XmlHandler;
  /** The full names of the open elements. */
  readonly #open: string[] = [];
  #rest = '';
  /** The end tag to skip to, without its `>`. */
  #wanted = '';
  #hasRoot = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** @throws XmlError when the document is damaged, or declares a document type */
  write(piece: string): void {
    const text = this.#rest + piece;
    let at = 0;
    for (;;) {
      const tag = text.indexOf(this.#wanted || '<', at);
      const end = tag === -1 ? -1 : endOf(text, tag);
      if (end === -1) break;
      if (tag > at && this.#wanted === '') this.#text(text.slice(at, tag));
      this.#wanted = '';
      this.#tag(text, tag, end);
      at = end;
    }
    // While content is skipped, only the beginning of its end tag is kept.
    this.#rest = text.slice(this.#wanted === '' ? at : Math.max(at, text.length - MOST_NAME));
    if (this.#rest.length > TOKEN_LIMIT) throw new XmlError('damaged');
  }

  /** @throws XmlError when the document is incomplete */
  end(): void {
    const isWhole = this.#hasRoot && this.#open.length === 0 && this.#rest.trim() === '';
    if (!isWhole) throw new XmlError('damaged');
  }

  #text(raw: string): void {
    if (this.#open.length > 0) this.#handler.text(decodeText(raw));
    else if (raw.replace('\ufeff', '').trim() !== '') throw new XmlError('damaged');
  }

  /** @param end offset after the tag's `>` */
  #tag(text: string, start: number, end: number): void {
    const first = text.charCodeAt(start + 1);
    if (first === SLASH) {
      const name = text.slice(start + 2, end - 1).trimEnd();
      if (this.#open.pop() !== name) throw new XmlError('damaged');
      this.#handler.close(localName(name));
    } else if (first === EXCLAMATION) {
      if (!text.startsWith('<![CDATA[', start)) return;
      if (this.#open.length === 0) throw new XmlError('damaged');
      this.#handler.text(text.slice(start + '<![CDATA['.length, end - ']]>'.length));
    } else if (first !== QUESTION) {
      this.#openTag(text, start + 1, end - 1);
    }
  }

  #openTag(text: string, start: number, end: number): void {
    const isEmpty = text.charCodeAt(end - 1) === SLASH;
    const stop = isEmpty ? end - 1 : end;
    let nameEnd = start;
    while (nameEnd < stop && !isBlank(text.charCodeAt(nameEnd))) nameEnd++;
    const name = text.slice(start, nameEnd);
    const isSecondRoot = this.#open.length === 0 && this.#hasRoot;
    if (name === '' || isSecondRoot || this.#open.length === MOST_LEVELS) {
      throw new XmlError('damaged');
    }
    this.#hasRoot = true;
    const local = localName(name);
    this.#handler.open(local, text.slice(nameEnd, stop));
    if (isEmpty) this.#handler.close(local);
    else this.#open.push(name);
    if (this.#handler.skip !== true) return;
    this.#handler.skip = false;
    if (!isEmpty) this.#wanted = `</${name}`;
  }
}

/** @returns the offset after a tag that begins at `start`; -1 when its end has not arrived */
function endOf(text: string, start: number): number {
  const first = text.charCodeAt(start + 1);
  if (first === EXCLAMATION) return endOfDeclaration(text, start);
  if (first === QUESTION) return after(text, '?>', start + 2);
  let quote = 0;
  // A `>` can be in the value of an attribute.
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GREATER) return at + 1;
    else if (code === DOUBLE || code === SINGLE) quote = code;
  }
  return -1;
}

function endOfDeclaration(text: string, start: number): number {
  if (text.startsWith('<!--', start)) return after(text, '-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) return after(text, ']]>', start + 9);
  const begun = text.slice(start, start + '<![CDATA['.length);
  if (['<!--', '<![CDATA['].some((whole) => whole.startsWith(begun))) return -1;
  if ('<!DOCTYPE'.startsWith(begun) && begun !== '<!DOCTYPE') return -1;
  throw new XmlError(begun === '<!DOCTYPE' ? 'doctype' : 'damaged');
}

function after(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found === -1 ? -1 : found + wanted.length;
}

function localName(name: string): string {
  for (let at = 0; at < name.length; at++) {
    if (name.charCodeAt(at) === COLON) return name.slice(at + 1);
  }
  return name;
}

const isBlank = (code: number): boolean =>
  code === SPACE || code === TAB || code === LF || code === CR;
