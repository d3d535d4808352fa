/** A line ends there, or a terminal goes on elsewhere. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * What a terminal obeys (C0, DEL, C1), and what turns text around or takes no place in it: direction
 * marks and zero-width characters.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * @returns a stranger's text as one line that does to a terminal, a log or a reader nothing but being
 * read: line breaks and tabs become blanks, control characters and direction marks go
 */
export const visibleLine = (text: string): string =>
  text.replaceAll(BREAKS, ' ').replaceAll(UNSEEN, '').toWellFormed();

/** @returns the same, in as many lines as there were */
export const visibleLines = (text: string): string =>
  text.split(/\r?\n/).map(visibleLine).join('\n');

/** @returns a line of JSON in which that stands escaped */
export const escapeUnseen = (json: string): string =>
  json.replaceAll(UNSEEN, (sign) =>
    sign === '\n' ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** So many characters of a stranger's words are kept and shown. */
export const MOST_CHARACTERS = 1_000;

/** @returns the text with at most so many characters, as people count; `…` says that it was cut */
export function cutText(text: string, most = MOST_CHARACTERS): string {
  // A character takes at most two units.
  if (text.length <= most) return text;
  const characters = [...text.slice(0, 2 * most + 2)];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
