import { readSendable } from '../ledger/pairs.ts';
import { account } from './account.ts';
import { backoffMs } from './backoff.ts';
import { holdPortal, portalAnswered, stillHeld } from './hold.ts';
import { logRequest } from './log-request.ts';
import { type ReservedRequest, reserve } from './reserve.ts';
import { type SentRequest, send } from './send.ts';
import { settle } from './settle.ts';
import type { Interruption, OwnedChunk, Stop, Work } from './work.ts';

/** Requests in a row that may fail before the chunk waits instead of trying its other pairs. */
const FAILURES_IN_A_ROW = 2;
/** After so many milliseconds the chunk makes room, so that a small import need not wait long. */
const TURN_MS = 2_000;
/** For so many milliseconds an answer makes room for what is about to leave. */
const WRITTEN_WITHIN_MS = 100;

/**
 * Sends a chunk's unsent pairs, request by request, until there are none, something has to pass
 * first, or the turn is over.
 */
export async function sendAll(
  work: Work,
  chunk: OwnedChunk,
  interruption: Interruption,
): Promise<Stop | undefined> {
  const turn: Turn = { work, chunk, interruption, keepsLane: false, endsAt: undefined };
  try {
    return await sendUnsent(turn);
  } finally {
    if (turn.keepsLane) await work.client.budget.passOn();
  }
}

interface Turn {
  readonly work: Work;
  readonly chunk: OwnedChunk;
  readonly interruption: Interruption;
  /** Nobody was told that the last request's lane is free, since the chunk goes on in it. */
  keepsLane: boolean;
  endsAt: number | undefined;
}

async function sendUnsent(turn: Turn): Promise<Stop | undefined> {
  const { work, chunk, interruption } = turn;
  let failures = 0;
  let unsent = await readSendable(work.db, chunk.range);
  while (unsent.length > 0 && failures < FAILURES_IN_A_ROW) {
    const request = await reserve(work, chunk.range.import_id, unsent, interruption.stop);
    if ('kind' in request) return request;
    turn.keepsLane = false;
    turn.endsAt ??= performance.now() + TURN_MS;
    const carried = new Set(request.commands.flatMap(({ pairs }) => pairs));
    unsent = unsent.filter((pair) => !carried.has(pair));
    const result = await sendOne(turn, request, unsent.length > 0);
    if (typeof result === 'object') return result;
    failures = result === 'failed' ? failures + 1 : 0;
    if (unsent.length > 0 && isOver(turn)) return { kind: 'yielded' };
  }
  return undefined;
}

const isOver = ({ endsAt }: Turn): boolean => endsAt !== undefined && performance.now() > endsAt;

async function sendOne(
  turn: Turn,
  request: ReservedRequest,
  hasMore: boolean,
): Promise<Stop | 'answered' | 'failed'> {
  const { work, chunk } = turn;
  const { abort } = turn.interruption;
  const { budget } = work.client;
  try {
    const sent = await send(work, chunk, request, abort);
    if (sent === undefined || 'kind' in sent) {
      await budget.release(request.id);
      return sent ?? 'answered';
    }
    turn.keepsLane = hasMore && sent.answer.ok && !isOver(turn);
    const accounted = account(work, sent, turn.keepsLane);
    // Whose own next request waits for it writes it down at once.
    if (!turn.keepsLane) await work.rightOfWay.yield(accounted, WRITTEN_WITHIN_MS);
    await all([settle(work, chunk, sent, abort), accounted]);
    logRequest(work, chunk, sent);
    if (abort.aborted) return { kind: 'interrupted' };
    return (await afterSending(work, chunk, sent)) ?? (sent.answer.ok ? 'answered' : 'failed');
  } catch (error) {
    await budget.release(request.id).catch(() => {});
    throw error;
  }
}

/** Waits for all of them, whatever becomes of one. @throws the first error */
async function all(acts: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(acts);
  await Promise.all(acts);
}

/** What a request's failure means for the requests after it. */
async function afterSending(
  work: Work,
  chunk: OwnedChunk,
  { answer }: SentRequest,
): Promise<Stop | undefined> {
  const failures = answer.ok
    ? answer.results.flatMap((result) => (result.ok ? [] : [result.failure]))
    : [answer.failure];
  const held = failures.find(({ kind }) => kind === 'held' || kind === 'not_sent');
  if (held) return holdPortal(work, chunk, held);
  if (answer.ok) await portalAnswered(work, chunk);
  else if (answer.failure.kind === 'unanswered') return stillHeld(work, chunk);
  return failures.some(({ kind }) => kind === 'rate_limited')
    ? { kind: 'later', afterMs: backoffMs(1), why: 'budget' }
    : undefined;
}
