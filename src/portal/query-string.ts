/** A parameter as the REST API takes it: nested lists and maps of strings and numbers. */
export type Parameter =
  | string
  | number
  | readonly Parameter[]
  | { readonly [name: string]: Parameter };

export type Parameters = Readonly<Record<string, Parameter>>;

/**
 * Writes parameters the way PHP's `parse_str` reads them, which is how a batch reads its commands
 * ("How to Execute a Batch Request"). Everything is percent-encoded: a bare `#` would cut the rest
 * off, a bare `+` become a space.
 *
 * @example queryString({ GROUP_ID: 5, USER_ID: [7, 8] })
 * // 'GROUP_ID=5&USER_ID%5B0%5D=7&USER_ID%5B1%5D=8'
 */
export function queryString(parameters: Parameters): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => [...variables(name, value)])
    .join('&');
}

function* variables(name: string, value: Parameter): Generator<string> {
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) yield* variables(`${name}[${key}]`, inner);
  } else {
    yield `${encode(name)}=${encode(String(value))}`;
  }
}

const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
