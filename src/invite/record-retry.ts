import type { GroupId } from '../domain/pairs/ids.ts';
import type { Db } from '../ledger/db/schema.ts';
import { countAttempt } from '../ledger/delivery/count-attempt.ts';
import { endGroupWaits, noteGroupFailures } from '../ledger/delivery/group-waits.ts';
import { noteFailure } from '../ledger/pairs/pair-queries.ts';
import { isPortals, type PortalFailure } from '../portal/http/failure.ts';
import { failureDetail } from './failure-detail.ts';
import { countsAsAttempt, holdsUpGroup } from './failure-policy.ts';
import { type OwnedChunk, type PipelineContext, pauseAfter } from './pipeline-context.ts';

/** A pair about which the portal could not be asked now. */
export interface WaitingPair {
  seq: number;
  groupId: GroupId;
  failure: PortalFailure;
}

/**
 * Records why pairs wait; an attempt is counted where asking again may never do, and there the group
 * waits with growing pauses.
 */
export async function recordRetry(
  db: Db,
  context: Pick<PipelineContext, 'random'>,
  { range }: Pick<OwnedChunk, 'range'>,
  waiting: readonly WaitingPair[],
  answered: Iterable<GroupId>,
): Promise<void> {
  const { import_id: importId } = range;
  await noteFailure(
    db,
    importId,
    waiting
      .filter(({ failure }) => isPortals(failure))
      .map(({ seq, failure }) => ({ seq, detail: failureDetail(failure) })),
  );
  const counted = waiting.filter(({ failure }) => countsAsAttempt(failure));
  await countAttempt(
    db,
    importId,
    counted.map(({ seq }) => seq),
    1,
  );
  const failed = new Map(
    waiting
      .filter(({ failure }) => holdsUpGroup(failure))
      .map(({ groupId, failure }) => [groupId, failure]),
  );
  await noteGroupFailures(db, range, 'read', failed, (count) => pauseAfter(context, count));
  const ended = [...new Set(answered)].filter((id) => !failed.has(id));
  await endGroupWaits(db, range, 'read', ended);
}
