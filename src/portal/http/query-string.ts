/** A parameter as the REST API takes it: nested lists and maps of texts, numbers and truth values. */
export type Parameter =
  | string
  | number
  | boolean
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

/** @returns the length of what {@link queryString} makes of a text, without making it */
export function encodedLength(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x800) {
      // Half of a four-byte character, or a lone surrogate, which becomes a three-byte character.
      const isHalf = unit >= 0xd800 && unit < 0xe000;
      length += isHalf && isPaired(text, at) ? 6 : 9;
    } else if (unit >= 0x80) length += 6;
    else length += isPlain(unit) ? 1 : 3;
  }
  return length;
}

const isPaired = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  const [first, second] = unit < 0xdc00 ? [at, at + 1] : [at - 1, at];
  const high = text.charCodeAt(first);
  const low = text.charCodeAt(second);
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
};

/** Letters, digits and `-_.~` stay as they are. */
const isPlain = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  (unit >= 0x30 && unit <= 0x39) ||
  [0x2d, 0x5f, 0x2e, 0x7e].includes(unit);
