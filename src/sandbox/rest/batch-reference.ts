import type { PhpArray, PhpValue } from './php-array.ts';

/**
 * Puts results of earlier commands into the parameters of a later one: `$result[key][field]`
 * anywhere in a value, a message included ("How to Execute a Batch Request"). A value that is
 * only a reference becomes the value there, arrays too; a path that does not exist gives the
 * value of its existing part.
 * @param results by the names that references may begin with, in any case
 */
export function expandReferences(
  parameters: PhpArray,
  results: Readonly<Record<string, PhpArray>>,
): PhpArray {
  const expanded: PhpArray = new Map();
  for (const [key, value] of parameters) expanded.set(key, expandValue(value, results));
  return expanded;
}

function expandValue(value: PhpValue, results: Readonly<Record<string, PhpArray>>): PhpValue {
  if (value instanceof Map) return expandReferences(value, results);
  if (typeof value !== 'string') return value;
  // PHP compares bytes: of Unicode's blanks it recognizes those of ASCII only.
  const reference = new RegExp(
    `\\$(${Object.keys(results).join('|')})([^ \\t\\n\\v\\f\\r]*)`,
    'gi',
  );
  let text = value;
  for (const [whole, name = '', rest = ''] of value.matchAll(reference)) {
    const path = [...rest.matchAll(/\[([^\]]+)\]/g)].map(([, key = '']) => key);
    if (path.length === 0) continue;
    const found = follow(results[name.toLowerCase()] ?? null, path);
    if (whole === text) return found;
    const isScalar = typeof found === 'string' || typeof found === 'number';
    if (isScalar) text = text.replaceAll(whole, () => String(found));
  }
  return text;
}

function follow(start: PhpValue, path: readonly string[]): PhpValue {
  let value = start;
  for (const key of path) {
    const inner = value instanceof Map ? value.get(key) : undefined;
    if (inner === undefined || inner === null) break;
    value = inner;
  }
  return value;
}
