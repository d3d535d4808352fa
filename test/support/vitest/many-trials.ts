/** @returns whether many trials of two workers run, as in the long checks */
export const hasManyTrials = (): boolean => process.env.CHAOS_SEEDS !== undefined;
