/** Whether somebody asks for many of the trials of two workers, as the long checks do. */
export const wantsManyTrials = (): boolean => process.env.CHAOS_SEEDS !== undefined;
