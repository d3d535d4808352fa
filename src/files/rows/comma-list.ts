import type { Delimiter } from '../csv/delimiter.ts';

/** Digits in groups, as numbers above a thousand are written, in India with groups of two. */
const GROUPED = /^\d{1,3}(?:([.,'’_\p{Z}])\d{2,3})*[.,'’_\p{Z}]\d{3}(?:[.,]\d+)?$/u;
/** Somewhere in a list, digits that can be one number with a separator of thousands. */
const THOUSANDS = /(?<!\d)\d{1,3},\d{3}(?!\d)/;
/** A number with a decimal comma, or two numbers. */
const DECIMAL = /^\d+,\d+,?$/;

/** Whether the text is a number with separators of thousands, or can be one. */
export const isGrouped = (text: string): boolean => GROUPED.test(text);

/**
 * Splits a part of a cell at its commas if each item is one of the ids or addresses of a list, and it cannot
 * be a single number: `1,234` is one where commas separate thousands, `10,2` where they separate decimals,
 * which is so in the files of a spreadsheet that delimits by other characters.
 *
 * @returns the part alone where it is no such list
 */
export function commaList(
  part: string,
  delimiter: Delimiter,
  isItem: (text: string) => boolean,
): readonly string[] {
  if (!part.includes(',') || isGrouped(part) || THOUSANDS.test(part)) return [part];
  if (delimiter !== ',' && DECIMAL.test(part)) return [part];
  // The comma in “Berg, Anna <anna@example.com>” separates no people.
  const commas = /[<[]/.test(part) ? /(?<=[>\]])\s*,/ : ',';
  const items = part
    .split(commas)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const isList = items.every(isItem) && (items.length > 1 || !/^\d/.test(part));
  return isList && items.length > 0 ? items : [part];
}
