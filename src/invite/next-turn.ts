import { hasUnsettled } from '../ledger/delivery/chunks.ts';
import { readGroupWaits } from '../ledger/delivery/group-waits.ts';
import { readSent } from '../ledger/delivery/read-sent.ts';
import { isOutsideTrial } from '../ledger/delivery/trial-pairs.ts';
import { findImport } from '../ledger/imports/import-store.ts';
import { readSendable } from '../ledger/pairs/pair-queries.ts';
import {
  type ChunkResult,
  type OwnedChunk,
  type PipelineContext,
  pauseAfter,
} from './pipeline-context.ts';

/** How long to wait, in milliseconds, for another import that has the same pairs in flight. */
const IN_FLIGHT_ELSEWHERE_MS = 2_000;
/** Delay, in milliseconds, before the next turn of a paused import's chunk with pairs in doubt. */
const WHILE_PAUSED_MS = 2_000;

/** @returns when the chunk's remaining pairs get their next turn */
export async function nextTurn(
  context: PipelineContext,
  { range }: Pick<OwnedChunk, 'range'>,
): Promise<ChunkResult> {
  if (!(await hasUnsettled(context.db, range))) return { kind: 'settled' };
  const groups = await readGroupWaits(context.db, range);
  const inDoubt = await readSent(context.db, range);
  const isPaused = (await findImport(context.db, range.import_id))?.state === 'paused';
  if (isPaused && inDoubt.length === 0) return { kind: 'dropped', why: 'not_running' };
  const waiting = isPaused ? [] : await readSendable(context.db, range);
  const isIdle = waiting.length === 0 && inDoubt.length === 0;
  if (isIdle && (await isOutsideTrial(context.db, range))) {
    return { kind: 'dropped', why: 'not_running' };
  }
  const waits = inDoubt.map(({ groupId, phase, overInMs }) =>
    Math.max(phase === 'left_out' ? 0 : overInMs, groups.read.get(groupId) ?? 0),
  );
  const attempts: number[] = [];
  for (const pair of waiting) {
    const inMs = groups.invite.get(pair.groupId) ?? 0;
    if (inMs > 0) waits.push(inMs);
    else attempts.push(pair.attempts);
  }
  if (attempts.length > 0) waits.push(pauseAfter(context, Math.min(...attempts)));
  // A resumed import does not wait for the end of a request.
  if (isPaused) waits.push(WHILE_PAUSED_MS);
  if (waits.length > 0) return { kind: 'later', afterMs: Math.min(...waits), why: 'retry' };
  return { kind: 'later', afterMs: IN_FLIGHT_ELSEWHERE_MS, why: 'in_flight_elsewhere' };
}
