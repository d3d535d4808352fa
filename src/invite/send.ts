import { type CallsAnswer, sendCalls } from '../portal/http/batch.ts';
import { isAboutMethod, type PortalFailure } from '../portal/http/failure.ts';
import type { Delivery } from './operations/delivery.ts';
import type { PackedCommand, PackedRequest } from './pack.ts';
import type { PipelineContext, StepResult } from './pipeline-context.ts';
import type { ReservedRequest } from './reserve.ts';

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
  delivery: Delivery,
  { id, commands: packed }: ReservedRequest,
  signal: AbortSignal,
): Promise<StepResult<SentRequest | undefined>> {
  const pairs = packed.flatMap((command) => command.pairs);
  const marked = await context.priority.run(() => delivery.mark(id, pairs));
  if ('kind' in marked) return marked;
  const { leaveBy, attempts } = marked;
  const commands = packed.flatMap((command) => restrict(command, attempts));
  if (commands.length === 0) return undefined;
  const { operation } = delivery;
  const calls = commands.map(({ command }) => operation.call(command));
  const answer = await sendCalls(context.client, calls, {
    signal,
    reserved: true,
    leaveBy,
    repeat: 'unless_executed',
  });
  return { id, commands, answer: operation.isOptional ? withoutHold(answer) : answer };
}

/** An error about the method concerns the operation alone; invitations continue. */
function withoutHold(answer: CallsAnswer): CallsAnswer {
  const refused = (failure: PortalFailure): PortalFailure =>
    failure.kind === 'held' && isAboutMethod(failure) ? { ...failure, kind: 'refused' } : failure;
  if (!answer.ok) return { ok: false, failure: refused(answer.failure) };
  const results = answer.results.map((result) =>
    result.ok ? result : { ok: false as const, failure: refused(result.failure) },
  );
  return { ...answer, results };
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
