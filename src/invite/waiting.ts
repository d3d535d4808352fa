import { countAttempt } from '../ledger/attempts.ts';
import { noteFailure } from '../ledger/pairs.ts';
import type { Db } from '../ledger/schema.ts';
import { describeFailure, isPortals, type PortalFailure } from '../portal/failure.ts';
import { countsAsAttempt } from './failure-policy.ts';

/** A pair about which the portal could not be asked now. */
export interface WaitingPair {
  seq: number;
  failure: PortalFailure;
}

/** Records why pairs wait; an attempt is counted where asking again may never do. */
export async function noteWaiting(
  db: Db,
  importId: number,
  waiting: readonly WaitingPair[],
): Promise<void> {
  await noteFailure(
    db,
    importId,
    waiting
      .filter(({ failure }) => isPortals(failure))
      .map(({ seq, failure }) => ({ seq, detail: describeFailure(failure) })),
  );
  const counted = waiting.filter(({ failure }) => countsAsAttempt(failure));
  await countAttempt(
    db,
    importId,
    counted.map(({ seq }) => seq),
    1,
  );
}
