import { claimChunk, hasUnsettled } from '../ledger/chunks.ts';
import { findImport } from '../ledger/imports.ts';
import { recordOutcomes } from '../ledger/outcomes.ts';
import { readSendable } from '../ledger/pairs.ts';
import { readSent, type SentPair } from '../ledger/sent-pairs.ts';
import type { PortalFailure } from '../portal/failure.ts';
import { account } from './account.ts';
import { asOwner } from './as-owner.ts';
import { backoffMs } from './backoff.ts';
import { confirm } from './confirm.ts';
import { diagnose } from './diagnose.ts';
import { holdPortal, passHold, portalAnswered } from './hold.ts';
import { type ReservedRequest, reserve } from './reserve.ts';
import { type SentRequest, send } from './send.ts';
import { settle } from './settle.ts';
import type { ChunkResult, OwnedChunk, Stop, Work } from './work.ts';

/** How a process ends its work: first by asking, then by force. */
export interface Interruption {
  /** No further request leaves. */
  readonly stop: AbortSignal;
  /** The request in flight is given up; its pairs are confirmed at the next start. */
  readonly abort: AbortSignal;
}

/** Requests in a row that may fail before the chunk waits instead of trying its other pairs. */
const FAILURES_IN_A_ROW = 2;
/** How long to wait, in milliseconds, for another import that has the same pairs in flight. */
const IN_FLIGHT_ELSEWHERE_MS = 2_000;
/** After so many milliseconds the chunk makes room, so that a small import need not wait long. */
const TURN_MS = 2_000;

/**
 * Gives a chunk its turn: confirms what an earlier request left in doubt, sends what is unsent,
 * each pair at most once in a turn, and diagnoses what the portal left out.
 *
 * @param owner a name that no other turn has; it takes the chunk from whoever had it
 */
export async function inviteChunk(
  work: Work,
  importId: number,
  number: number,
  owner: string,
  interruption: Interruption,
): Promise<ChunkResult> {
  const state = (await findImport(work.db, importId))?.state;
  // Of a cancelled import nothing is sent, but what became of sent pairs is still found out.
  if (state !== 'running' && state !== 'cancelled') return { kind: 'dropped', why: 'not_running' };
  const held = await passHold(work);
  if (held) return held;
  const range = await claimChunk(work.db, importId, number, owner);
  if (range === undefined) return { kind: 'settled' };
  const chunk = { range, owner };
  const stop =
    (await confirmEarlier(work, chunk, interruption)) ??
    (await (state === 'running' ? sendAll(work, chunk, interruption) : cancelAll(work, chunk)));
  // Reading goes on while inviting has used its server seconds up.
  const goesOn = stop === undefined || (stop.kind === 'later' && stop.why === 'operating');
  const reading = goesOn ? await diagnoseAll(work, chunk, interruption) : undefined;
  return reading ?? stop ?? rest(work, chunk);
}

async function confirmEarlier(work: Work, chunk: OwnedChunk, { stop, abort }: Interruption) {
  const inDoubt = (await readSent(work.db, chunk.range)).filter(isOver);
  if (inDoubt.length === 0) return undefined;
  if (stop.aborted) return { kind: 'interrupted' } as const;
  return afterReading(work, inDoubt, await confirm(work, chunk, inDoubt, abort), abort);
}

const isOver = ({ phase, overAt }: SentPair): boolean =>
  phase === 'sent' && overAt.getTime() <= Date.now();

async function sendAll(
  work: Work,
  chunk: OwnedChunk,
  interruption: Interruption,
): Promise<Stop | undefined> {
  const endsAt = performance.now() + TURN_MS;
  let failures = 0;
  let unsent = await readSendable(work.db, chunk.range);
  while (unsent.length > 0 && failures < FAILURES_IN_A_ROW) {
    const request = await reserve(work, chunk.range.import_id, unsent, interruption.stop);
    if ('kind' in request) return request;
    const carried = new Set(request.commands.flatMap(({ pairs }) => pairs));
    unsent = unsent.filter((pair) => !carried.has(pair));
    const result = await sendOne(work, chunk, request, interruption.abort);
    if (typeof result === 'object') return result;
    failures = result === 'failed' ? failures + 1 : 0;
    if (unsent.length > 0 && performance.now() > endsAt) return { kind: 'yielded' };
  }
  return undefined;
}

async function sendOne(
  work: Work,
  chunk: OwnedChunk,
  request: ReservedRequest,
  abort: AbortSignal,
): Promise<Stop | 'answered' | 'failed'> {
  const { budget } = work.client;
  try {
    const sent = await send(work, chunk, request, abort);
    if (sent === undefined || 'kind' in sent) {
      await budget.release(request.id);
      return sent ?? 'answered';
    }
    const lost = await settle(work, chunk, sent);
    await account(work, sent);
    if (lost) return lost;
    if (abort.aborted) return { kind: 'interrupted' };
    return (await afterSending(work, sent)) ?? (sent.answer.ok ? 'answered' : 'failed');
  } catch (error) {
    await budget.release(request.id).catch(() => {});
    throw error;
  }
}

/** Pairs that came back from a request which was in flight when the import was cancelled. */
async function cancelAll({ db }: Work, chunk: OwnedChunk): Promise<Stop | undefined> {
  const { range } = chunk;
  return asOwner(db, chunk, async (tx): Promise<undefined> => {
    const verdict = { outcome: 'cancelled', reason: 'by_user' } as const;
    const waiting = await readSendable(tx, range);
    await recordOutcomes(
      tx,
      range,
      waiting.map(({ seq }) => ({ seq, verdict })),
    );
  });
}

/** What a request's failure means for the requests after it. */
async function afterSending(work: Work, { answer }: SentRequest): Promise<Stop | undefined> {
  const failures = answer.ok
    ? answer.results.flatMap((result) => (result.ok ? [] : [result.failure]))
    : [answer.failure];
  const held = failures.find(({ kind }) => kind === 'held' || kind === 'not_sent');
  if (held) return holdPortal(work, held);
  if (answer.ok) await portalAnswered(work);
  return failures.some(({ kind }) => kind === 'rate_limited')
    ? { kind: 'later', at: Date.now() + backoffMs(1), why: 'budget' }
    : undefined;
}

async function diagnoseAll(work: Work, chunk: OwnedChunk, { stop, abort }: Interruption) {
  const sent = await readSent(work.db, chunk.range);
  const leftOut = sent.filter(({ phase }) => phase === 'left_out');
  if (leftOut.length === 0) return undefined;
  if (stop.aborted) return { kind: 'interrupted' } as const;
  return afterReading(work, leftOut, await diagnose(work, chunk, leftOut, abort), abort);
}

async function afterReading(
  work: Work,
  pairs: readonly SentPair[],
  result: PortalFailure | Stop | undefined,
  abort: AbortSignal,
): Promise<Stop | undefined> {
  if (abort.aborted) return { kind: 'interrupted' };
  if (result === undefined || !('code' in result)) return result;
  if (result.kind === 'held' || result.kind === 'not_sent') return holdPortal(work, result);
  const attempts = Math.max(...pairs.map((pair) => pair.attempts));
  return { kind: 'later', at: Date.now() + backoffMs(attempts), why: result.code };
}

/** When the chunk's remaining pairs want their next turn. */
async function rest(work: Work, { range }: OwnedChunk): Promise<ChunkResult> {
  if (!(await hasUnsettled(work.db, range))) return { kind: 'settled' };
  const inDoubt = await readSent(work.db, range);
  const waiting = await readSendable(work.db, range);
  const times = inDoubt.map(({ overAt }) => overAt.getTime());
  if (waiting.length > 0) {
    const attempts = waiting.map((pair) => pair.attempts);
    times.push(Date.now() + backoffMs(Math.min(...attempts)));
  }
  if (times.length > 0) return { kind: 'later', at: Math.min(...times), why: 'retry' };
  return { kind: 'later', at: Date.now() + IN_FLIGHT_ELSEWHERE_MS, why: 'in_flight_elsewhere' };
}
