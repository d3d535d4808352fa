import type { Import } from '../domain/imports/import.ts';
import { readLedgerNow } from '../ledger/db/now.ts';
import { claimChunk } from '../ledger/delivery/chunks.ts';
import { notDue, readGroupWaits } from '../ledger/delivery/group-waits.ts';
import { readSent, restartOver, type SentPair } from '../ledger/delivery/read-sent.ts';
import { recordOutcomes } from '../ledger/delivery/record-outcomes.ts';
import { findImport } from '../ledger/imports/import-store.ts';
import { readSendable } from '../ledger/pairs/pair-queries.ts';
import { afterReading } from './lookup/after-reading.ts';
import { confirm } from './lookup/confirm.ts';
import { diagnose } from './lookup/diagnose.ts';
import { nextTurn } from './next-turn.ts';
import { inviteDelivery } from './operations/invite/invite-delivery.ts';
import {
  type ChunkResult,
  type OwnedChunk,
  type PipelineContext,
  QUIET,
  type ShutdownSignals,
  type StepResult,
  waitForQuietHours,
} from './pipeline-context.ts';
import { unlessHeld } from './portal-hold.ts';
import { sendAll } from './send-all.ts';
import { withOwnership } from './with-ownership.ts';

/**
 * Runs a chunk's turn, unless the portal is held: confirms pairs that an earlier request left in doubt,
 * sends unsent pairs, each at most once in a turn, and diagnoses pairs that the portal left out. A group
 * that fails waits alone; the other groups continue.
 *
 * @param owner a name unique to this turn; it takes the chunk over from its previous owner
 */
export async function inviteChunk(
  context: PipelineContext,
  importId: number,
  number: number,
  owner: string,
  signals: ShutdownSignals,
): Promise<ChunkResult> {
  const parent = await findImport(context.db, importId);
  if (!takesTurns(parent)) return { kind: 'dropped', why: 'not_running' };
  // The webhook was changed: the same ids name other groups and people on this portal.
  if (parent.portal !== context.client.webhook.portal)
    return { kind: 'dropped', why: 'other_portal' };
  return unlessHeld(context, signals.stop, (probe) =>
    takeTurn(context, { importId, number, owner, probe }, signals),
  );
}

/** A paused or cancelled import sends nothing, but still resolves the pairs that were sent. */
const takesTurns = (parent: Import | undefined): parent is Import =>
  parent !== undefined && ['running', 'paused', 'cancelled'].includes(parent.state);

async function takeTurn(
  context: PipelineContext,
  { importId, number, owner, probe }: Turn,
  signals: ShutdownSignals,
): Promise<ChunkResult> {
  const range = await claimChunk(context.db, importId, number, owner);
  if (range === undefined) return { kind: 'settled' };
  const { overAfterMs } = context.client;
  const wasSetForward = context.reading.ledgerClock.observe(
    await readLedgerNow(context.db),
    overAfterMs,
  );
  if (wasSetForward) await restartOver(context.db, range, overAfterMs);
  const chunk = { range, owner, probe, waits: await readGroupWaits(context.db, range) };
  const stop =
    (await confirmEarlier(context, chunk, signals)) ??
    (await sendOrCancel(context, chunk, signals));
  // Reads continue when the invite method has used up its server seconds, and in quiet hours.
  const continues =
    stop === undefined || (stop.kind === 'later' && ['operating', QUIET].includes(stop.why));
  const reading = continues ? await diagnoseAll(context, chunk, signals) : undefined;
  return reading ?? stop ?? nextTurn(context, chunk);
}

interface Turn {
  importId: number;
  number: number;
  owner: string;
  probe: number | undefined;
}

async function sendOrCancel(context: PipelineContext, chunk: OwnedChunk, signals: ShutdownSignals) {
  const state = (await findImport(context.db, chunk.range.import_id))?.state;
  if (state === 'running') {
    return waitForQuietHours(context) ?? sendAll(context, inviteDelivery(context, chunk), signals);
  }
  return state === 'cancelled' ? cancelAll(context, chunk) : undefined;
}

/** Finds out what became of pairs when their request ended without an answer. */
const confirmEarlier = (context: PipelineContext, chunk: OwnedChunk, signals: ShutdownSignals) =>
  readAbout(context, chunk, signals, { isWanted: isOver, read: confirm });

/** Finds out why the portal left pairs out. */
const diagnoseAll = (context: PipelineContext, chunk: OwnedChunk, signals: ShutdownSignals) =>
  readAbout(context, chunk, signals, {
    isWanted: ({ phase }) => phase === 'left_out',
    read: diagnose,
  });

async function readAbout(
  context: PipelineContext,
  chunk: OwnedChunk,
  { stop, abort }: ShutdownSignals,
  { isWanted, read }: { isWanted: (pair: SentPair) => boolean; read: typeof confirm },
): Promise<StepResult> {
  const wanted = (await readSent(context.db, chunk.range)).filter(isWanted);
  if (wanted.length === 0) return undefined;
  const waiting = new Set(notDue((await readGroupWaits(context.db, chunk.range)).read));
  const pairs = wanted.filter(({ groupId }) => !waiting.has(groupId));
  if (pairs.length === 0) return undefined;
  if (stop.aborted) return { kind: 'interrupted' };
  const result = await read(context, chunk, pairs, abort);
  return afterReading(context, chunk, pairs, result, abort);
}

const isOver = ({ phase, overInMs }: SentPair): boolean => phase !== 'left_out' && overInMs <= 0;

/**
 * Cancels pairs that became pending again after a request that was in flight when the import was
 * cancelled. If a user has retried the import since, it runs again and the pairs stay as they are.
 */
async function cancelAll({ db }: PipelineContext, chunk: OwnedChunk): Promise<StepResult> {
  const { range } = chunk;
  return withOwnership(db, chunk, async (tx): Promise<StepResult> => {
    const state = (await findImport(tx, range.import_id))?.state;
    if (state !== 'cancelled') return { kind: 'yielded' };
    const verdict = { outcome: 'cancelled', reason: 'by_user' } as const;
    const waiting = await readSendable(tx, range);
    await recordOutcomes(
      tx,
      range,
      waiting.map(({ seq }) => ({ seq, verdict })),
    );
    return undefined;
  });
}
