/** How many pairs a file may name: a few lists in its cells multiply to more than any disk holds. */
export interface PairLimits {
  readonly most: number;
  /** For each byte of the file, once it names more than {@link FREE_PAIRS}. */
  readonly perByte: number;
}

/** More than any portal has people for, and denser than whole departments in each of their groups. */
export const PAIR_LIMITS: PairLimits = { most: 50_000_000, perByte: 10 };

/** As many may be named in as few bytes as anybody likes. */
export const FREE_PAIRS = 1_000_000;

/** @returns which limit so many pairs in so many bytes exceed, if they do */
export function exceededLimit(
  pairs: number,
  bytes: number,
  { most, perByte }: PairLimits,
): 'most' | 'per_byte' | undefined {
  if (pairs > most) return 'most';
  return pairs > FREE_PAIRS && pairs > perByte * bytes ? 'per_byte' : undefined;
}
