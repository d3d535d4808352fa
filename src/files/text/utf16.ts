/** Detects UTF-16 without a byte order mark: each digit, comma and line end has a zero byte beside it. */
export function guessUtf16(start: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  let zerosFirst = 0;
  let zerosSecond = 0;
  let twoLetters = 0;
  for (let i = 0; i + 1 < start.length; i += 2) {
    const first = start[i] ?? 0;
    const second = start[i + 1] ?? 0;
    if (isPlain(first) && isPlain(second)) twoLetters++;
    else if (first === 0 && isPlain(second)) zerosFirst++;
    else if (second === 0 && isPlain(first)) zerosSecond++;
  }
  if (zerosSecond > twoLetters && zerosFirst * 8 <= zerosSecond) return 'utf-16le';
  if (zerosFirst > twoLetters && zerosSecond * 8 <= zerosFirst) return 'utf-16be';
  return undefined;
}

const isPlain = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
