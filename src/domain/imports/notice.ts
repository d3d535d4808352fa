import type { Outcome } from '../pairs/outcome.ts';

/** What is told to whoever set NOTIFY_URL; never an invitation's text, never the webhook. */
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
  /** The portal makes us wait for long; told once for an import. */
  | {
      event: 'import.waiting';
      importId: number;
      fileName: string;
      outcomes: Record<Outcome, number>;
      until: string;
    }
  /** The portal refuses everything until a person mends something. */
  | {
      event: 'portal.held';
      importId: null;
      fileName: null;
      outcomes: null;
      code: string;
      remedy: string;
    }
);
