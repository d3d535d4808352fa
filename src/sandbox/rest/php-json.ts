import { isList, type PhpArray, type PhpValue, phpList } from './php-array.ts';

/**
 * Prints as PHP's `json_encode`: an array with the keys 0..n-1 becomes a list, the empty one
 * `[]`, every other an object.
 */
export function encodeJson(value: PhpValue): string {
  if (!(value instanceof Map)) return JSON.stringify(value);
  if (isList(value)) return `[${[...value.values()].map(encodeJson).join(',')}]`;
  const entries = [...value].map(([key, entry]) => `${JSON.stringify(key)}:${encodeJson(entry)}`);
  return `{${entries.join(',')}}`;
}

const STRING_AND_COLON = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/g;

/**
 * Reads as PHP's `json_decode` into arrays: keys stay in the order of the text.
 * @returns undefined when the text is not JSON
 */
export function decodeJson(text: string): PhpValue | undefined {
  // JSON.parse would sort keys such as "10" and "2"; with a letter in front it does not.
  const marked = text.replace(STRING_AND_COLON, (whole, string: string, colon?: string) =>
    colon === undefined ? whole : `"_${string.slice(1)}${colon}`,
  );
  try {
    return fromMarked(JSON.parse(marked));
  } catch {
    return undefined;
  }
}

function fromMarked(value: unknown): PhpValue {
  if (Array.isArray(value)) return phpList(value.map(fromMarked));
  if (typeof value === 'object' && value !== null) {
    const array: PhpArray = new Map();
    for (const [key, entry] of Object.entries(value)) array.set(key.slice(1), fromMarked(entry));
    return array;
  }
  const scalar = typeof value === 'string' || typeof value === 'number';
  return scalar || typeof value === 'boolean' ? value : null;
}
