/**
 * The values of a PHP program. Its arrays are ordered maps, lists included; a JavaScript
 * object would not do, it moves keys that look like numbers to the front.
 */
export type PhpValue = string | number | boolean | null | PhpArray;

/** An ordered map with strings as keys; PHP's integer keys are their decimal digits. */
export type PhpArray = Map<string, PhpValue>;

/** @returns an array with the keys 0..n-1. */
export function phpList(values: Iterable<PhpValue>): PhpArray {
  const array: PhpArray = new Map();
  for (const value of values) array.set(String(array.size), value);
  return array;
}

/** @returns an array with the record's keys; entries that are undefined are left out. */
export function phpRecord(record: Record<string, PhpValue | undefined>): PhpArray {
  const array: PhpArray = new Map();
  for (const [key, value] of Object.entries(record)) {
    if (value !== undefined) array.set(key, value);
  }
  return array;
}

/** @returns whether the keys are exactly 0..n-1 in this order, as for the empty array. */
export function isList(array: PhpArray): boolean {
  let index = 0;
  for (const key of array.keys()) {
    if (key !== String(index)) return false;
    index += 1;
  }
  return true;
}

/** @returns the key that PHP gives a value appended with `[]`. */
export function nextIndex(array: PhpArray): string {
  let next = 0;
  for (const key of array.keys()) {
    if (/^(0|[1-9]\d*)$/.test(key)) next = Math.max(next, Number(key) + 1);
  }
  return String(next);
}

/** @returns the array with all of its own keys in upper case; of equal keys the last wins. */
export function upperKeys(array: PhpArray): PhpArray {
  return new Map([...array].map(([key, value]) => [key.toUpperCase(), value]));
}

/** @returns the value as an array, as PHP's cast `(array)`: a scalar becomes a list of one. */
export function phpArrayOf(value: PhpValue | undefined): PhpArray {
  if (value instanceof Map) return value;
  return value === undefined || value === null ? new Map() : phpList([value]);
}

/** @returns the value as PHP's cast `(int)` reads it: leading digits of a string, else 0. */
export function phpInt(value: PhpValue | undefined): number {
  if (value instanceof Map) return value.size > 0 ? 1 : 0;
  if (typeof value !== 'string') return Math.trunc(Number(value ?? 0)) || 0;
  const number = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?/i.exec(value);
  return number === null ? 0 : Math.trunc(Number(number[0])) || 0;
}

/** @returns the value as PHP's cast `(bool)`: '', '0', 0, null and the empty array are false. */
export function phpBool(value: PhpValue | undefined): boolean {
  if (value instanceof Map) return value.size > 0;
  return value !== '0' && Boolean(value);
}

/** @returns the value as text, or '' for what is not a scalar. */
export function phpString(value: PhpValue | undefined): string {
  if (value === true) return '1';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
