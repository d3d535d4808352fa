/** `LF`: lines end with LF or CRLF. `CR`: also with CR alone, as on old Macintoshes. */
export type Newline = 'LF' | 'CR';

/**
 * A CR after and before other characters that ends no line together with an LF, as CRLF does, and CRCRLF of
 * some programs on Windows.
 */
const LONE_CR = /[^\r\n]\r(?!\r*(?:\n|$))/;
const EVERY_LONE_CR = /\r(?!\r*\n)/g;

/** Text in pieces, in which only LF ends lines. */
export async function* withLineFeeds(
  pieces: AsyncIterable<string>,
  newline: Newline,
): AsyncGenerator<string> {
  if (newline === 'LF') return yield* pieces;
  // An LF can follow in the next piece.
  let held = '';
  for await (const piece of pieces) {
    const text = held + piece;
    held = text.slice(withoutCrs(text).length);
    yield lineFeeds(text.slice(0, text.length - held.length));
  }
  if (held !== '') yield lineFeeds(held);
}

/** @returns the text with LF in the place of each CR that ends a line alone */
export const lineFeeds = (text: string): string => text.replace(EVERY_LONE_CR, '\n');

/** Whether a CR stands in the text outside of quotes that ends no line together with an LF. */
export function hasLoneCr(text: string): boolean {
  const cr = text.indexOf('\r');
  if (cr === -1 || cr === text.length - 1) return false;
  return LONE_CR.test(text.replace(/"[^"]*"/g, 'x'));
}

/** How the lines of a text end; `both`: some with CR alone, others with LF. */
export function newlinesIn(text: string): Newline | 'both' {
  if (!LONE_CR.test(text)) return 'LF';
  const unquoted = text.replace(/"[^"]*"/g, 'x');
  if (!LONE_CR.test(unquoted)) return 'LF';
  return unquoted.includes('\n') ? 'both' : 'CR';
}

/** @returns the text without carriage returns at its end */
export function withoutCrs(text: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === '\r') end--;
  return text.slice(0, end);
}
