import { type PhpArray, type PhpValue, phpString } from '../php-array.ts';

/** A record as filters see it. */
export type Fields = Readonly<Record<string, string | number>>;

type Test = (value: string) => boolean;
type Compare = (wanted: string[]) => Test;

const like: Compare = (wanted) => {
  const plain = new Set(wanted.filter((pattern) => !pattern.includes('%')));
  const patterns = wanted.filter((pattern) => pattern.includes('%')).map(patternOf);
  return (value) => plain.has(value) || patterns.some((pattern) => pattern.test(value));
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

/** The prefixes of a filter's key; without one it is an equality that knows `%`. */
const PREFIXES: Readonly<Record<string, Compare>> = {
  '': like,
  '=': like,
  '@': like,
  '!': not(like),
  '!=': not(like),
  '!@': not(like),
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

/**
 * Reads a FILTER, such as `{ID: [1, 2], "%NAME": "pro"}`. Text is compared without regard to
 * case. Keys whose field is not among `known` are ignored, as the API does.
 * @returns a test for records
 */
export function filterOf(filter: PhpArray, known: readonly string[]): (record: Fields) => boolean {
  const tests = [...filter].flatMap(([key, wanted]) => {
    const [, prefix = '', field = ''] = /^([^a-z]*)(.*)$/is.exec(key) ?? [];
    const compare = PREFIXES[prefix];
    if (compare === undefined || !known.includes(field)) return [];
    return [{ field, test: compare(wantedValues(wanted)) }];
  });
  return (record) =>
    tests.every(({ field, test }) => test(String(record[field] ?? '').toLowerCase()));
}

function wantedValues(wanted: PhpValue): string[] {
  const values = wanted instanceof Map ? [...wanted.values()] : [wanted];
  return values.map((value) => phpString(value).toLowerCase());
}

function patternOf(text: string): RegExp {
  const parts = text.split('%').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su');
}
