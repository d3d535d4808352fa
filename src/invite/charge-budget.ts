import { ranLong } from '../portal/http/failure.ts';
import { consequencesOf } from './failure-policy.ts';
import type { Delivery } from './operations/delivery.ts';
import { countPairs } from './pack.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { failuresOf, type SentRequest } from './send.ts';

/**
 * Settles a request with the budget: its cost, and what the portal reported about its limits.
 *
 * @param keep whether an answered request's slot is kept for the next request of the same chunk
 */
export async function chargeBudget(
  { client, observer }: PipelineContext,
  { operation }: Delivery,
  { id, commands, answer }: SentRequest,
  keep: boolean,
) {
  const { budget } = client;
  if (!answer.ok) {
    const { failure } = answer;
    const { budget: settled } = consequencesOf(failure, 'request');
    if (settled === 'lose') await budget.lose(id, ranLong(failure));
    else await budget.release(id);
    return;
  }
  const executed = answer.results.flatMap((result) => (result.ok ? [result] : []));
  const times = executed.flatMap(({ time }) => (time === undefined ? [] : [time]));
  const pairs = countPairs(commands);
  observer?.invitationsTook(
    pairs,
    times.reduce((sum, { seconds }) => sum + seconds, 0),
  );
  const done = answer.results.map((result, at) => {
    const command = commands[at]?.command;
    if (!result.ok || command === undefined) return 0;
    return operation.readDone(command, result.result)?.size ?? 0;
  });
  const invited = done.reduce((sum, size) => sum + size, 0);
  const { method } = operation;
  await budget.settle(id, { method, times, batch: answer.batch, pairs, invited }, keep);
  const isClosed = failuresOf(answer).some(
    (failure) => consequencesOf(failure, 'command').budget === 'close',
  );
  if (isClosed) await budget.closeMethod(method);
}
