/** Numbers as spreadsheets store them; never hexadecimal and the like. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
/** A character that XML cannot contain, as Excel writes it: `_x000D_` is a carriage return. */
const ESCAPED = /_x([\da-f]{4})_/gi;

const DAY_MS = 86_400_000;
const FIRST_DAY_1900 = Date.UTC(1899, 11, 30);
const FIRST_DAY_1904 = Date.UTC(1904, 0, 1);
/** Day number of 1 March 1900. Excel counts a 29 February 1900, which did not exist. */
const MARCH_1900 = 61;
const LAST_DAY = 2_958_466;

/**
 * @returns a stored number as a person would type it: `15` for `15`, `15.0` and `1.5E+1`; another text unchanged
 */
export function numberText(stored: string): string {
  const text = stored.trim();
  if (!NUMBER.test(text)) return text;
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  return Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value);
}

/**
 * @returns the text of a cell with Excel's escapes decoded; U+FFFD stands for NUL and for half of a character, which no
 * database and no request can hold
 */
export const unescapeCell = (text: string): string =>
  text.includes('_x')
    ? text
        .replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
        .replaceAll('\0', '\ufffd')
        .toWellFormed()
    : text;

/**
 * @param stored Excel's number of a date: days since 30 December 1899, the time as a fraction
 * @returns the date as `2026-12-01`, with a time `2026-12-01 09:30`, the time alone `09:30`; a number that is no
 * date as {@link numberText}
 */
export function dateText(stored: string, is1904: boolean): string {
  const serial = Number(stored);
  if (!NUMBER.test(stored.trim()) || !(serial >= 0 && serial < LAST_DAY)) return numberText(stored);
  // Rounded to a second: a minute is no exact fraction of a day.
  const ms = Math.round(serial * 86_400) * 1000;
  if (serial < 1) return new Date(ms % DAY_MS).toISOString().slice(11).replace(NO_SECONDS, '');
  const lost = !is1904 && serial < MARCH_1900 ? DAY_MS : 0;
  const first = is1904 ? FIRST_DAY_1904 : FIRST_DAY_1900;
  return isoText(new Date(first + ms + lost).toISOString());
}

const NO_SECONDS = /(?::00)?(?:\.0*)?Z?$/;

/** @returns an ISO 8601 date as {@link dateText} writes it */
export const isoText = (iso: string): string =>
  iso
    .trim()
    .replace(/T00:00(?::00(?:\.0*)?)?Z?$/, '')
    .replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/, '$1 $2')
    .replace(/( \d\d:\d\d)(?::00(?:\.0*)?)Z?$/, '$1')
    .replace(/(\.0+)?Z$/, '');
