const SHOWN_CHARACTERS = 60;

/** What looks like nothing or like a plain space: controls, joiners, direction marks, odd spaces. */
const INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Z}]/gu;

/** @returns the text cut to so many characters, with an ellipsis when something was cut off */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) return text;
  // A character takes at most two units; a cell may be a megabyte, so cut before counting.
  const shown = [...text.slice(0, 2 * characters + 2)];
  return shown.length <= characters ? text : `${shown.slice(0, characters).join('')}…`;
}

/** @returns a cell's text as messages quote it: “text”, shortened, the invisible made visible */
export function quoteCell(text: string): string {
  const shown = shorten(text, SHOWN_CHARACTERS).replace(INVISIBLE, (character) => {
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return `“${shown}”`;
}

/**
 * The number that stands in a trimmed cell: `15`, `007`, and `15.0` as Excel writes it. Signs,
 * exponents, hex and digits of other scripts are no numbers here.
 *
 * @returns the number, which may still be no id (0, too large), or undefined
 */
export const cellNumber = (text: string): number | undefined =>
  /^[0-9]+(?:\.0+)?$/.test(text) ? Number(text) : undefined;
