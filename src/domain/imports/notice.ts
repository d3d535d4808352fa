import type { Outcome } from '../pairs/outcome.ts';

/** A notice that is sent to NOTIFY_URL; it never contains an invitation's text or the webhook. */
export type Notice = {
  portal: string;
  /** ISO 8601, UTC. */
  at: string;
} & (
  | {
      event: 'import.finished';
      importId: number;
      fileName: string;
      outcomes: Record<Outcome, number>;
    }
  /** The portal's limits make the import wait for long; sent once per import. */
  | {
      event: 'import.waiting';
      importId: number;
      fileName: string;
      outcomes: Record<Outcome, number>;
      until: string;
    }
  /** The portal refuses everything, or does not answer. */
  | {
      event: 'portal.held';
      importId: null;
      fileName: null;
      outcomes: null;
      code: string;
      remedy: string;
    }
);
