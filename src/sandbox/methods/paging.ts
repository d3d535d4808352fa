import { type PhpArray, type PhpValue, phpString } from '../rest/php-array.ts';
import type { Fields } from './filter.ts';

/** Records of a page. */
const PAGE = 50;

/** One page, and what the answer says about the others. */
export interface Page<T> {
  readonly records: T[];
  readonly next?: number;
  readonly total?: number;
}

/** @param start where the page begins; a negative one is the first page without a total */
export function pageOf<T>(records: readonly T[], start: number): Page<T> {
  if (start < 0) return { records: records.slice(0, PAGE) };
  const page = { records: records.slice(start, start + PAGE), total: records.length };
  return start + PAGE < records.length ? { ...page, next: start + PAGE } : page;
}

/** @returns the records in the order asked for, such as `{NAME: "ASC"}`. */
export function sorted(
  records: readonly Fields[],
  wanted: PhpValue | undefined,
  fallback: PhpArray,
): Fields[] {
  const given = wanted instanceof Map && wanted.size > 0 ? wanted : fallback;
  const [field = 'ID', direction = 'ASC'] = [...given][0] ?? [];
  const sign = phpString(direction).toUpperCase() === 'DESC' ? -1 : 1;
  const name = field.toUpperCase();
  return [...records].sort((left, right) => sign * compare(left[name], right[name]));
}

function compare(left: string | number | undefined, right: string | number | undefined): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left ?? '').localeCompare(String(right ?? ''), 'en', { numeric: true });
}
