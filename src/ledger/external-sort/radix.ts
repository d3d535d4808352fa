const DIGIT_BITS = 11;
const DIGITS = 2 ** DIGIT_BITS;
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS];

/**
 * Sorts in linear time by whole numbers below 2³²; a digit that is equal in all rows costs one pass.
 *
 * @param keys the columns to sort by, the most important first
 * @returns the indexes of the rows in order; the order of equal rows is kept
 */
export function radixOrder(keys: readonly Uint32Array[]): Uint32Array {
  let order = new Uint32Array(keys[0]?.length ?? 0).map((_, i) => i);
  let next = new Uint32Array(order.length);
  for (const key of keys.toReversed()) {
    for (const shift of SHIFTS) {
      const starts = startsByDigit(key, shift);
      if (starts === undefined) continue;
      for (let i = 0; i < order.length; i++) {
        const row = order[i] ?? 0;
        const digit = ((key[row] ?? 0) >>> shift) & (DIGITS - 1);
        const place = starts[digit] ?? 0;
        next[place] = row;
        starts[digit] = place + 1;
      }
      [order, next] = [next, order];
    }
  }
  return order;
}

/** @returns the first index of each digit's rows; undefined when all rows have the same digit */
function startsByDigit(key: Uint32Array, shift: number): Uint32Array | undefined {
  const counts = new Uint32Array(DIGITS);
  for (let i = 0; i < key.length; i++) {
    const digit = ((key[i] ?? 0) >>> shift) & (DIGITS - 1);
    counts[digit] = (counts[digit] ?? 0) + 1;
  }
  if (counts.includes(key.length)) return undefined;
  let start = 0;
  return counts.map((count) => {
    start += count;
    return start - count;
  });
}
