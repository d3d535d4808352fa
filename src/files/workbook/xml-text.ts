import { XmlError } from './xml-error.ts';

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const REFERENCE = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));|&/gi;

/** @returns the text of a document with its entities and line ends decoded; throws XmlError for others */
export function decodeText(raw: string): string {
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  return text.includes('&') ? text.replace(REFERENCE, decodeReference) : text;
}

function decodeReference(_: string, hex?: string, decimal?: string, name?: string): string {
  const named = name === undefined ? undefined : NAMED[name];
  if (named !== undefined) return named;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (!(code > 0 && code <= 0x10ffff)) throw new XmlError('damaged');
  return String.fromCodePoint(code).toWellFormed();
}

/**
 * Finds an attribute of a tag.
 *
 * @param attributes as `XmlHandler.open` receives them
 * @param wanted the name; without a prefix it also finds the attribute with any prefix
 */
export function attribute(attributes: string, wanted: string): string | undefined {
  for (let at = 0; ; ) {
    const equals = attributes.indexOf('=', at);
    if (equals === -1) return undefined;
    let quote = equals + 1;
    while (isBlank(attributes, quote)) quote++;
    const mark = attributes[quote];
    if (mark !== '"' && mark !== "'") throw new XmlError('damaged');
    const close = attributes.indexOf(mark, quote + 1);
    if (close === -1) throw new XmlError('damaged');
    let end = equals;
    while (isBlank(attributes, end - 1)) end--;
    const start = end - wanted.length;
    const isNamed = start > 0 && attributes.startsWith(wanted, start);
    if (isNamed && (isBlank(attributes, start - 1) || attributes[start - 1] === ':')) {
      return decodeText(attributes.slice(quote + 1, close));
    }
    at = close + 1;
  }
}

const isBlank = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code === 32 || code === 10 || code === 9 || code === 13;
};
