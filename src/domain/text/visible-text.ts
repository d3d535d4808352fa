/** Characters that end a line or move a terminal's cursor. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * Control characters of terminals (C0, DEL, C1), and characters that change the text's direction or have no
 * width.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * @returns an untrusted text as one line that is safe in a terminal, a log or a page: line breaks and tabs
 * become blanks, control characters and direction marks are removed
 */
export const visibleLine = (text: string): string =>
  text.replaceAll(BREAKS, ' ').replaceAll(UNSEEN, '').toWellFormed();

/** @returns the same, with the line breaks kept */
export const visibleLines = (text: string): string =>
  text.split(/\r?\n/).map(visibleLine).join('\n');

/** @returns a line of JSON with those characters escaped */
export const escapeUnseen = (json: string): string =>
  json.replaceAll(UNSEEN, (sign) =>
    sign === '\n' ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Most characters of an untrusted text that are stored and shown. */
export const MOST_CHARACTERS = 1_000;

/** @returns the text cut to at most `most` characters (code points), with `…` at the end when it was cut */
export function cutText(text: string, most = MOST_CHARACTERS): string {
  // A character takes at most two units.
  if (text.length <= most) return text;
  const characters = [...text.slice(0, 2 * most + 2)];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
