import { Problem } from '../errors/problem.ts';
import type { CodedProblem } from '../errors/problem-params.ts';
import type { Tally } from '../pairs/outcome.ts';

/** The states that the ledger stores; see `shownState` for what is shown. */
export const IMPORT_STATES = [
  'reading',
  'ready',
  'running',
  'paused',
  'finished',
  'cancelled',
] as const;

export type StoredImportState = (typeof IMPORT_STATES)[number];
/** What is shown instead of what is stored, while it is so. */
export const PASSING_STATES = ['held', 'pausing', 'cancelling'] as const;

export type ImportState = StoredImportState | (typeof PASSING_STATES)[number];

/**
 * @param now how many of the import's invitations are in flight, and whether its portal is held
 * @returns the state as people should see it: as long as the outcome of something that has left is not
 * known, a paused import is `pausing`, a cancelled one `cancelling`; one that runs is `held` while its
 * portal is
 */
export function shownState(
  state: StoredImportState,
  now: { inFlight: number; isHeld: boolean },
): ImportState {
  switch (state) {
    case 'running':
      return now.isHeld ? 'held' : state;
    case 'paused':
      return now.inFlight > 0 ? 'pausing' : state;
    case 'cancelled':
      return now.inFlight > 0 ? 'cancelling' : state;
    case 'reading':
    case 'ready':
    case 'finished':
      return state;
    default:
      return state satisfies never;
  }
}

/** One CSV with its settings, from upload to last outcome. */
export interface Import {
  id: number;
  fileName: string;
  /** SHA-256 of the file's bytes, hex: the same file again is the same import. */
  fileDigest: string;
  /** Host of the portal that it is for. */
  portal: string;
  /** Invitation text for rows without one of their own. */
  message: string | null;
  state: StoredImportState;
  /** Data rows of the file. */
  rows: number;
  /** Those of them in which nothing can be a pair. */
  rejectedRows: number;
  /**
   * What the rows come to, each with an outcome of its own: a cell may hold several groups or
   * users, and each combination counts; a row that cannot be told apart counts as one.
   */
  pairs: number;
  /** How the file was read, as text that the reader of CSV files understands. */
  format: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** Time in state `running`; null while it is, and when an older program did some of the work. */
  workedMs: number | null;
  /** Why the file could not be read, or the portal not be asked; null when all is well. */
  problem: ImportProblem | null;
}

/** A problem as an import keeps it, and as threads tell each other. */
export interface ImportProblem {
  title: string;
  remedy: string;
  /** The same for programs, where there are words for it. */
  coded?: CodedProblem | undefined;
}

export const toImportProblem = ({ message, remedy, coded }: Problem): ImportProblem => ({
  title: message,
  remedy,
  coded,
});

export const toProblem = ({ title, remedy, coded }: ImportProblem): Problem =>
  new Problem(title, remedy, { coded });

/** @returns how many pairs still wait for their outcome */
export function countPending(tallies: readonly Tally[]): number {
  return tallies.reduce(
    (sum, { outcome, count }) => (outcome === 'pending' ? sum + count : sum),
    0,
  );
}
