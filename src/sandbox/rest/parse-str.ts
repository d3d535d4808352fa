import { nextIndex, type PhpArray } from './php-array.ts';

/** PHP's `max_input_vars`: variables after this many are dropped silently. */
export const MAX_INPUT_VARS = 1000;

/** PHP's `max_input_nesting_level`: a variable nested deeper is dropped. */
const MAX_NESTING = 64;

/**
 * Reads a query string as PHP's `parse_str` does ("How to Execute a Batch Request"): values are
 * strings, `+` is a space, `a[b]` and `a[]` make arrays, dots and spaces in a name become `_`.
 * @param maxVariables how many variables are read
 */
export function parseStr(query: string, maxVariables = MAX_INPUT_VARS): PhpArray {
  const variables: PhpArray = new Map();
  const parts = query.split('&').filter((part) => part !== '');
  for (const part of parts.slice(0, maxVariables)) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? '' : part.slice(equals + 1);
    place(variables, pathOf(urlDecode(name)), urlDecode(value));
  }
  return variables;
}

function urlDecode(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
    );
}

/** The key of the next level, or null to append. */
type Step = string | null;

/** @returns the keys from the outside in; none when PHP drops the variable. */
function pathOf(rawName: string): Step[] {
  const name = rawName.replace(/^ +/, '');
  const bracket = name.indexOf('[');
  const base = withoutSpecials(bracket < 0 ? name : name.slice(0, bracket));
  if (base === '') return [];
  const path: Step[] = [base];
  let position = bracket;
  while (position >= 0 && name[position] === '[') {
    const end = name.indexOf(']', position + 1);
    if (end < 0) {
      // An opening bracket alone is an ordinary character, but only in the outermost name.
      return path.length === 1 ? [withoutSpecials(name)] : path;
    }
    const key = name.slice(position + 1, end);
    path.push(/^\s?$/.test(key) ? null : key);
    if (path.length > MAX_NESTING + 1) return [];
    position = end + 1;
  }
  return path;
}

function withoutSpecials(name: string): string {
  return name.replace(/[ .[]/g, '_');
}

function place(variables: PhpArray, path: readonly Step[], value: string): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let array = variables;
  for (const step of path.slice(0, -1)) {
    const key = step ?? nextIndex(array);
    let inner = array.get(key);
    if (!(inner instanceof Map)) {
      inner = new Map();
      array.set(key, inner);
    }
    array = inner;
  }
  array.set(last ?? nextIndex(array), value);
}
