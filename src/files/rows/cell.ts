const SHOWN_CHARACTERS = 60;

/** Invisible characters and those that resemble a space: controls, joiners, direction marks, odd spaces. */
const INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Z}]/gu;

/** @returns the text cut to `characters` characters, with an ellipsis when something was cut off */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) return text;
  // A character takes at most two UTF-16 units; a cell can have a megabyte, so cut before counting.
  const shown = [...text.slice(0, 2 * characters + 2)];
  return shown.length <= characters ? text : `${shown.slice(0, characters).join('')}…`;
}

/** @returns a cell's text as quoted in messages: “text”, shortened, with invisible characters escaped */
export function quoteCell(text: string): string {
  const shown = shorten(text, SHOWN_CHARACTERS).replace(INVISIBLE, (character) => {
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return `“${shown}”`;
}

/**
 * Parses the number in a trimmed cell: `15`, `007`, and `15.0` as Excel writes it. Signs, exponents, hex
 * and digits of other scripts are not accepted.
 *
 * @returns the number, which can still be an invalid id (0, too large), or undefined
 */
export const cellNumber = (text: string): number | undefined =>
  /^[0-9]+(?:\.0+)?$/.test(text) ? Number(text) : undefined;
