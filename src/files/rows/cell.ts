const SHOWN_CHARACTERS = 60;

/** Invisible characters and those that resemble a space: controls, joiners, direction marks, odd spaces. */
const INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Z}]/gu;
const ONE_INVISIBLE = /[\p{Cc}\p{Cf}\p{Z}]/u;
const ASCII = /^[ -~]*$/;

/** @returns the text cut to `characters` characters, with an ellipsis when something was cut off */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) return text;
  // A character takes at most two UTF-16 units; a cell can have a megabyte, so cut before counting.
  const shown = [...text.slice(0, 2 * characters + 2)];
  return shown.length <= characters ? text : `${shown.slice(0, characters).join('')}…`;
}

/**
 * @returns a cell's text as quoted in messages: “text”, shortened, with invisible characters by their code
 * points, such as [U+200B]
 */
export function quoteCell(text: string): string {
  const shown = shorten(text, SHOWN_CHARACTERS).replace(INVISIBLE, (it) => `[${codePoint(it)}]`);
  return `“${shown}”`;
}

/** @example codePoint('\u200b') // 'U+200B' */
export const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** @returns the text without spaces of any kind and invisible characters around it */
export function trimInvisible(text: string): string {
  if (isVisibleAscii(text.charCodeAt(0)) && isVisibleAscii(text.charCodeAt(text.length - 1))) {
    return text;
  }
  let [start, end] = [0, text.length];
  while (start < end && ONE_INVISIBLE.test(text.charAt(start))) start++;
  while (start < end && ONE_INVISIBLE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Most cells begin and end so. */
const isVisibleAscii = (code: number): boolean => code > 32 && code < 127;

/** @returns the text without invisible characters, with spaces of any kind as ordinary ones */
export const plainText = (text: string): string =>
  ASCII.test(text)
    ? text.trim()
    : trimInvisible(text.replace(/\p{Cf}/gu, '').replace(/[\p{Z}\p{Cc}]/gu, ' '));

/**
 * Parses the number in a trimmed cell: `15`, `007`, and `15.0` or `15.00` as spreadsheets write it. Three
 * decimals are none: `2.000` is two thousand in German, Turkish and Brazilian Excel. Signs, exponents, hex
 * and digits of other scripts are not accepted.
 *
 * @returns the number, which can still be an invalid id (0, too large), or undefined
 */
export const cellNumber = (text: string): number | undefined =>
  /^[0-9]+(?:\.0{1,2})?$/.test(text) ? Number(text) : undefined;
