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
/** States that are shown instead of the stored one, while they last. */
export const PASSING_STATES = ['held', 'pausing', 'cancelling'] as const;

export type ImportState = StoredImportState | (typeof PASSING_STATES)[number];

/**
 * @param now number of the import's invitations in flight, and whether its portal is held
 * @returns the state to show: while invitations are in flight, a paused import is `pausing` and a cancelled one
 * `cancelling`; a running import is `held` while its portal is held
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
  /** Host of the import's portal. */
  portal: string;
  /** Invitation text for rows without their own. */
  message: string | null;
  state: StoredImportState;
  /** Data rows of the file. */
  rows: number;
  /** Data rows without any pair. */
  rejectedRows: number;
  /**
   * Number of entries that the rows become, each with its own outcome: a cell can hold several groups or users,
   * and each combination counts; a row that cannot be split into cells counts as one.
   */
  pairs: number;
  /** How the file was read, as text that the CSV reader parses. */
  format: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** Time in state `running`; null while it runs, and when an older version did some of the work. */
  workedMs: number | null;
  /** Why the file, or the portal, could not be read; null when there was no problem. */
  problem: ImportProblem | null;
}

/** A problem in the form that the ledger stores and that threads exchange. */
export interface ImportProblem {
  title: string;
  remedy: string;
  /** The same as code and parameters, if there is a code. */
  coded?: CodedProblem | undefined;
}

export const toImportProblem = ({ message, remedy, coded }: Problem): ImportProblem => ({
  title: message,
  remedy,
  coded,
});

export const toProblem = ({ title, remedy, coded }: ImportProblem): Problem =>
  new Problem(title, remedy, { coded });

/** @returns the number of pending pairs */
export function countPending(tallies: readonly Tally[]): number {
  return tallies.reduce(
    (sum, { outcome, count }) => (outcome === 'pending' ? sum + count : sum),
    0,
  );
}
