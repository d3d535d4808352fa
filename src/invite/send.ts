import { findImport } from '../ledger/imports.ts';
import type { Db } from '../ledger/schema.ts';
import { markSent } from '../ledger/sent-pairs.ts';
import { type CallResult, sendCalls } from '../portal/batch.ts';
import type { PortalFailure } from '../portal/failure.ts';
import { inviteCall } from '../portal/invite.ts';
import { asOwner } from './as-owner.ts';
import type { PackedCommand, PackedRequest } from './pack.ts';
import type { ReservedRequest } from './reserve.ts';
import type { OwnedChunk, Stop, Work } from './work.ts';

/** A request that was sent, with a result for each of its commands or a failure of the whole. */
export interface SentRequest {
  id: string;
  commands: PackedRequest;
  answer: { ok: true; results: readonly CallResult[] } | { ok: false; failure: PortalFailure };
  /** When the portal has surely ended it, answer or not; milliseconds since 1970. */
  overAt: number;
}

/**
 * Marks the request's pairs, commits, and lets it leave. The budget has reserved it already.
 *
 * @param signal aborts the request in flight: the last resort when a process must end
 * @returns undefined when another import has all of its pairs in flight
 */
export async function send(
  work: Work,
  chunk: OwnedChunk,
  { id, commands: packed }: ReservedRequest,
  signal: AbortSignal,
): Promise<SentRequest | Stop | undefined> {
  let overAt = 0;
  const marked = await work.rightOfWay.first(() =>
    asOwner(work.db, chunk, (db) => {
      // Not before: somebody else's transaction may have kept us waiting.
      overAt = Date.now() + work.client.overAfterMs;
      return mark(db, work, chunk, { id, overAt }, packed);
    }),
  );
  if ('kind' in marked) return marked;
  const commands = packed.flatMap((command) => restrict(command, marked));
  if (commands.length === 0) return undefined;
  const calls = commands.map(({ command }) => inviteCall(command));
  const answer = await sendCalls(work.client, calls, {
    signal,
    reserved: true,
    repeat: 'unless_executed',
  });
  return { id, commands, answer, overAt };
}

async function mark(
  db: Db,
  work: Work,
  { range }: OwnedChunk,
  request: { id: string; overAt: number },
  commands: PackedRequest,
): Promise<Set<number> | Stop> {
  const parent = await findImport(db, range.import_id);
  if (parent?.state !== 'running') return { kind: 'dropped', why: 'not_running' };
  const pairs = commands.flatMap((command) => command.pairs);
  return markSent(db, work.client.webhook.portal, range, request, pairs);
}

/** Leaves out the pairs that could not be marked, because they are in flight already. */
function restrict({ command, pairs }: PackedCommand, marked: ReadonlySet<number>) {
  const kept = pairs.filter(({ seq }) => marked.has(seq));
  if (kept.length === 0) return [];
  const userIds = kept.map(({ userId }) => userId);
  return [{ command: { ...command, userIds }, pairs: kept }];
}
