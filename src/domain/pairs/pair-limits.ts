/** How many pairs a file may name: a few lists in its cells can multiply to more than any disk holds. */
export interface PairLimits {
  readonly most: number;
  /** For each byte of the file, once it names more than {@link FREE_PAIRS}. */
  readonly perByte: number;
}

/** More pairs than any portal needs, and a higher density than whole departments in each of their groups. */
export const PAIR_LIMITS: PairLimits = { most: 50_000_000, perByte: 10 };

/** Up to this many pairs, the limit per byte does not apply. */
export const FREE_PAIRS = 1_000_000;

/** @returns the limit that this number of pairs in this number of bytes exceeds, if any */
export function exceededLimit(
  pairs: number,
  bytes: number,
  { most, perByte }: PairLimits,
): 'most' | 'per_byte' | undefined {
  if (pairs > most) return 'most';
  return pairs > FREE_PAIRS && pairs > perByte * bytes ? 'per_byte' : undefined;
}

/** Limit for one row: a megabyte of text could name billions of pairs. */
export const MOST_PAIRS_PER_ROW = 100_000;
