import { Deadline } from '../domain/time/deadline.ts';
import { findHoldAgainst } from '../ledger/delivery/holds.ts';
import { markSent } from '../ledger/delivery/sent-pairs.ts';
import { findImport } from '../ledger/imports/import-store.ts';
import { type CallsAnswer, sendCalls } from '../portal/http/batch.ts';
import type { PortalFailure } from '../portal/http/failure.ts';
import { inviteCall } from '../portal/methods/invite.ts';
import type { PackedCommand, PackedRequest } from './pack.ts';
import {
  type OwnedChunk,
  type PipelineContext,
  type StepResult,
  waitForQuietHours,
} from './pipeline-context.ts';
import type { ReservedRequest } from './reserve.ts';
import { withOwnership } from './with-ownership.ts';

/** A request that was sent, with a result for each of its commands or a failure of the whole. */
export interface SentRequest {
  id: string;
  commands: PackedRequest;
  answer: CallsAnswer;
}

/** @returns what went wrong with the request: as a whole, or with some of its commands */
export const failuresOf = (answer: SentRequest['answer']): PortalFailure[] =>
  answer.ok
    ? answer.results.flatMap((result) => (result.ok ? [] : [result.failure]))
    : [answer.failure];

/**
 * Marks the request's pairs, commits, and sends the request. The budget has reserved it already.
 *
 * @param signal aborts the request in flight: the last resort when a process must end
 * @returns undefined when none of the pairs may be sent, because another import has them in flight or has
 * settled them
 */
export async function send(
  context: PipelineContext,
  chunk: OwnedChunk,
  { id, commands: packed }: ReservedRequest,
  signal: AbortSignal,
): Promise<StepResult<SentRequest | undefined>> {
  const marked = await context.priority.run(() => mark(context, chunk, id, packed));
  if ('kind' in marked) return marked;
  const { leaveBy, attempts } = marked;
  const commands = packed.flatMap((command) => restrict(command, attempts));
  if (commands.length === 0) return undefined;
  const calls = commands.map(({ command }) => inviteCall(command));
  const answer = await sendCalls(context.client, calls, {
    signal,
    reserved: true,
    leaveBy,
    repeat: 'unless_executed',
  });
  return { id, commands, answer };
}

/** What a request's pairs are marked with. */
interface Marked {
  leaveBy: Deadline;
  /** Attempts of the pairs that may be sent, by `seq`. */
  attempts: ReadonlyMap<number, number>;
}

function mark(
  context: PipelineContext,
  chunk: OwnedChunk,
  id: string,
  commands: PackedRequest,
): Promise<StepResult<Marked>> {
  const { db, client, clock } = context;
  const { range, probe } = chunk;
  const { portal } = client.webhook;
  const pairs = commands.flatMap((command) => command.pairs);
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

/** Leaves out the pairs that were not marked, and updates the attempts of the others. */
function restrict({ command, pairs }: PackedCommand, marked: ReadonlyMap<number, number>) {
  const kept = pairs.flatMap((pair) => {
    const attempts = marked.get(pair.seq);
    return attempts === undefined ? [] : [{ ...pair, attempts }];
  });
  if (kept.length === 0) return [];
  const userIds = kept.map(({ userId }) => userId);
  return [{ command: { ...command, userIds }, pairs: kept }];
}
