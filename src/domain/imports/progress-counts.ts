import type { Outcome } from '../pairs/outcome.ts';

type Counts = Readonly<Record<Outcome, number>>;

/** How far the invitations of an import are. */
export interface ProgressCounts {
  /** Pairs that can be invited: duplicates and rejected rows stand beside them. */
  all: number;
  /** Those that have an outcome. */
  done: number;
  /** `done` of `all`, from 0 to 1; below 1 while any is pending. */
  share: number;
  invited: number;
  pending: number;
  /** What somebody has to look at: failed and unknown pairs, and rejected rows. */
  attention: number;
}

const NOTHING: Counts = {
  ...{ invited: 0, skipped: 0, failed: 0, unknown: 0 },
  ...{ rejected: 0, duplicate: 0, cancelled: 0, withdrawn: 0, pending: 0 },
};

/** 99.9 % must not be shown as 100 %. */
const ALMOST_ALL = 0.99;

/** @param outcomes counts of all outcomes of an import */
export function countProgress(outcomes: Counts): ProgressCounts {
  const { invited, skipped, failed, unknown, cancelled, withdrawn, pending, rejected } = outcomes;
  const done = invited + skipped + failed + unknown + cancelled + withdrawn;
  const all = done + pending;
  return {
    ...{ all, done, invited, pending },
    share: pending === 0 ? 1 : Math.min(done / all, ALMOST_ALL),
    attention: failed + unknown + rejected,
  };
}

/** @returns the counts of pairs that can be invited, for a bar that begins empty */
export const invitableCounts = (outcomes: Counts): Counts => ({
  ...outcomes,
  duplicate: 0,
  rejected: 0,
});

/** @returns the other counts: what is in the file and cannot be invited */
export const leftOutCounts = ({ duplicate, rejected }: Counts): Counts => ({
  ...NOTHING,
  ...{ duplicate, rejected },
});
