import type { Pair } from '../../../domain/pairs/pair.ts';
import { Deadline } from '../../../domain/time/deadline.ts';
import { notDue } from '../../../ledger/delivery/group-waits.ts';
import { findHoldAgainst } from '../../../ledger/delivery/holds.ts';
import { markSent } from '../../../ledger/delivery/sent-pairs.ts';
import { findImport } from '../../../ledger/imports/import-store.ts';
import { noticeLongWait } from '../../../ledger/imports/notices.ts';
import { readSendable } from '../../../ledger/pairs/pair-queries.ts';
import { readPending } from '../../../ledger/tallies/tallies.ts';
import {
  type OwnedChunk,
  type PipelineContext,
  type StepResult,
  waitForQuietHours,
} from '../../pipeline-context.ts';
import { settle } from '../../settle.ts';
import { withOwnership } from '../../with-ownership.ts';
import type { Delivery, Marked } from '../delivery.ts';
import { INVITING } from './invite-operation.ts';

/** Delivers a chunk of an import. Pairs of a group that failed are sent when the group's pause is over. */
export function inviteDelivery(context: PipelineContext, chunk: OwnedChunk): Delivery {
  const { db } = context;
  const { range, probe, waits } = chunk;
  const importId = range.import_id;
  return {
    operation: INVITING,
    probe,
    logged: { importId, chunk: range.number },
    readUnsent: () => readSendable(db, range, undefined, notDue(waits?.invite)),
    countPending: () => readPending(db, importId),
    noticeLongWait: (until) => noticeLongWait(db, importId, until),
    mark: (id, pairs) => mark(context, chunk, id, pairs),
    settle: (request, signal) => settle(context, chunk, request, signal),
  };
}

/**
 * @returns no attempts when none of the pairs may be sent, because another import has them in flight or has settled
 * them
 */
function mark(
  context: PipelineContext,
  chunk: OwnedChunk,
  id: string,
  pairs: readonly Pair[],
): Promise<StepResult<Marked>> {
  const { db, client, clock } = context;
  const { range, probe } = chunk;
  const { portal } = client.webhook;
  const request = { id, lifetimeMs: client.overAfterMs };
  return withOwnership(db, chunk, async (tx): Promise<StepResult<Marked>> => {
    const code = await findHoldAgainst(tx, portal, probe, request.lifetimeMs);
    if (code !== undefined) return { kind: 'held', code };
    // Since the turn began, the request has waited for its place, and the ledger for its lock.
    const quiet = waitForQuietHours(context);
    if (quiet) return quiet;
    // Before the mark: after a slow commit the request must still leave in the time that the mark states.
    const leaveBy = new Deadline(clock, client.leaveWithinMs);
    const attempts = await markSent(tx, portal, range, request, pairs);
    if (attempts.size > 0) return { leaveBy, attempts };
    const state = (await findImport(tx, range.import_id))?.state;
    return state === 'running' ? { leaveBy, attempts } : { kind: 'dropped', why: 'not_running' };
  });
}
