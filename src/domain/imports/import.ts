import type { Tally } from '../pairs/outcome.ts';
import type { CodedText } from '../text/coded-text.ts';

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

/** @returns the state to show: paused and cancelled imports can have invitations in flight */
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
  /** Data rows with an invitation text that stands for none, such as `NULL` or `#N/A`. */
  emptyTexts: number;
  /** Number of entries with an own outcome: each combination of the groups and users in a row. */
  pairs: number;
  /** How the file was read, as text that the CSV reader parses. */
  format: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** When it was moved to the archive of the list. */
  archivedAt: Date | null;
  /** Time in state `running`; null while it runs, and when an older version did some of the work. */
  workedMs: number | null;
  /** Number of pairs that are sent before the import pauses by itself; null without a trial. */
  trial: number | null;
  /** Why the file, or the portal, could not be read; null when there was no problem. */
  problem: CodedText | null;
}

export function countPending(tallies: readonly Tally[]): number {
  return tallies.reduce(
    (sum, { outcome, count }) => (outcome === 'pending' ? sum + count : sum),
    0,
  );
}
