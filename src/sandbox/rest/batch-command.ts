import { parseStr } from './parse-str.ts';
import type { PhpArray } from './php-array.ts';

/** A parsed command of a batch. */
export interface Command {
  /** In lower case: method names are case-insensitive. */
  readonly method: string;
  readonly parameters: PhpArray;
}

/**
 * Reads `method?query` as PHP's `parse_url` and `parse_str` do: `#` cuts the rest off, and
 * characters that an address may not contain, such as a raw line break, become `_`.
 */
export function commandOf(text: string): Command {
  const [address = ''] = text.split('#', 1);
  const clean = address.replace(/\p{Cc}/gu, '_');
  const mark = clean.indexOf('?');
  const query = mark < 0 ? '' : clean.slice(mark + 1);
  return { method: methodOf(clean), parameters: parseStr(query) };
}

/** @returns the method alone. */
export function methodOf(text: string): string {
  const [method = ''] = text.split(/[?#]/, 1);
  return method.toLowerCase();
}
