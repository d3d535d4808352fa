import { INVITE, readInvited } from '../portal/invite.ts';
import { countPairs } from './pack.ts';
import type { SentRequest } from './send.ts';
import type { Work } from './work.ts';

/** What says that the request was too large, rather than that the portal has trouble. */
const RAN_LONG = new Set(['TIMEOUT', 'HTTP_504']);

/**
 * Settles a request with the budget: what it cost, and what the portal said about its limits.
 *
 * @param keep when it was answered, its lane is for the next request of the same chunk
 */
export async function account(
  { client, observer }: Work,
  { id, commands, answer }: SentRequest,
  keep: boolean,
) {
  const { budget } = client;
  if (!answer.ok) {
    const { kind, code } = answer.failure;
    if (kind === 'unanswered') await budget.lose(id, RAN_LONG.has(code));
    else await budget.release(id);
    if (kind === 'operating_limited') await budget.closeMethod(INVITE);
    return;
  }
  const executed = answer.results.flatMap((result) => (result.ok ? [result] : []));
  const times = executed.flatMap(({ time }) => (time === undefined ? [] : [time]));
  const pairs = countPairs(commands);
  observer?.invitationsTook(
    pairs,
    times.reduce((sum, { seconds }) => sum + seconds, 0),
  );
  const invited = executed.reduce((sum, { result }) => sum + (readInvited(result)?.size ?? 0), 0);
  await budget.settle(id, { method: INVITE, times, pairs, invited }, keep);
  const isClosed = answer.results.some(
    (result) => !result.ok && result.failure.kind === 'operating_limited',
  );
  if (isClosed) await budget.closeMethod(INVITE);
}
