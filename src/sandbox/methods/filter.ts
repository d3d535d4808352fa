import { type PhpArray, type PhpValue, phpString } from '../rest/php-array.ts';

/** The fields of a record that filters test. */
export type Fields = Readonly<Record<string, string | number>>;

type Test = (value: string) => boolean;
/** A comparison with any of the wanted values. */
export type Compare = (wanted: string[]) => Test;

const equal: Compare = (wanted) => {
  const values = new Set(wanted);
  return (value) => values.has(value);
};
const like: Compare = (wanted) => {
  const isEqual = equal(wanted);
  const patterns = wanted.filter((pattern) => /[%_]/.test(pattern)).map(patternOf);
  return (value) => isEqual(value) || patterns.some((pattern) => pattern.test(value));
};
const contains: Compare = (wanted) => (value) => wanted.some((part) => value.includes(part));
const not = (compare: Compare): Compare => {
  return (wanted) => {
    const test = compare(wanted);
    return (value) => !test(value);
  };
};
const ordered = (holds: (sign: number) => boolean): Compare => {
  return (wanted) => (value) =>
    wanted.some((one) => holds(value.localeCompare(one, 'en', { numeric: true })));
};

/** The prefixes of a filter's key; without one, `%` and `_` are wildcards. */
const PREFIXES: Readonly<Record<string, Compare>> = {
  '': like,
  '=': equal,
  '@': equal,
  '!': not(like),
  '!=': not(equal),
  '!@': not(equal),
  '%': contains,
  '!%': not(contains),
  '=%': like,
  '%=': like,
  '!=%': not(like),
  '!%=': not(like),
  '>': ordered((sign) => sign > 0),
  '>=': ordered((sign) => sign >= 0),
  '<': ordered((sign) => sign < 0),
  '<=': ordered((sign) => sign <= 0),
};

/** The same for the older lists, which have no wildcards without a prefix. */
export const LITERAL: Readonly<Record<string, Compare>> = {
  ...PREFIXES,
  '': equal,
  '!': not(equal),
};

/**
 * Reads a FILTER, such as `{ID: [1, 2], "%NAME": "pro"}`. Text is compared as the database does
 * it, without regard to case and trailing blanks. Keys with a field not among `known` are
 * ignored, as the API does.
 * @returns a test for records
 */
export function filterOf(
  filter: PhpArray,
  known: readonly string[],
  prefixes: Readonly<Record<string, Compare>> = PREFIXES,
): (record: Fields) => boolean {
  const tests = [...filter].flatMap(([key, wanted]) => {
    const [, prefix = '', field = ''] = /^([^a-z]*)(.*)$/is.exec(key) ?? [];
    const compare = prefixes[prefix];
    if (compare === undefined || !known.includes(field)) return [];
    return [{ field, test: compare(wantedValues(wanted)) }];
  });
  return (record) => tests.every(({ field, test }) => test(collated(String(record[field] ?? ''))));
}

function collated(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/ +$/, '');
}

function wantedValues(wanted: PhpValue): string[] {
  const values = wanted instanceof Map ? [...wanted.values()] : [wanted];
  return values.map((value) => collated(phpString(value)));
}

function patternOf(text: string): RegExp {
  const wildcards: Record<string, string> = { '%': '.*', _: '.' };
  const pattern = text
    .replace(/%+/g, '%')
    .replace(/[%_\\^$.*+?()[\]{}|]/g, (sign) => wildcards[sign] ?? `\\${sign}`);
  return new RegExp(`^${pattern}$`, 'su');
}
