import { readSendable } from '../ledger/pairs.ts';
import { account } from './account.ts';
import { backoffMs } from './backoff.ts';
import { holdPortal, portalAnswered } from './hold.ts';
import { logRequest } from './log-request.ts';
import { type ReservedRequest, reserve } from './reserve.ts';
import { type SentRequest, send } from './send.ts';
import { settle } from './settle.ts';
import type { Interruption, OwnedChunk, Stop, Work } from './work.ts';

/** Requests in a row that may fail before the chunk waits instead of trying its other pairs. */
const FAILURES_IN_A_ROW = 2;
/** After so many milliseconds the chunk makes room, so that a small import need not wait long. */
const TURN_MS = 2_000;

/**
 * Sends a chunk's unsent pairs, request by request, until there are none, something has to pass
 * first, or the turn is over.
 */
export async function sendAll(
  work: Work,
  chunk: OwnedChunk,
  interruption: Interruption,
): Promise<Stop | undefined> {
  let endsAt: number | undefined;
  let failures = 0;
  let unsent = await readSendable(work.db, chunk.range);
  while (unsent.length > 0 && failures < FAILURES_IN_A_ROW) {
    const request = await reserve(work, chunk.range.import_id, unsent, interruption.stop);
    if ('kind' in request) return request;
    endsAt ??= performance.now() + TURN_MS;
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
    await account(work, sent);
    await work.rightOfWay.yield();
    const lost = await settle(work, chunk, sent);
    logRequest(work, chunk, sent);
    if (lost) return lost;
    if (abort.aborted) return { kind: 'interrupted' };
    return (await afterSending(work, sent)) ?? (sent.answer.ok ? 'answered' : 'failed');
  } catch (error) {
    await budget.release(request.id).catch(() => {});
    throw error;
  }
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
