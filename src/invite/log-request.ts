import type { Delivery } from './operations/delivery.ts';
import { countPairs } from './pack.ts';
import type { PipelineContext } from './pipeline-context.ts';
import { failuresOf, type SentRequest } from './send.ts';

/** Logs the result of a request: ids and counts only, since the portal's text may repeat a message. */
export function logRequest(
  { log }: PipelineContext,
  { logged }: Delivery,
  { id, commands, answer }: SentRequest,
): void {
  const codes = [...new Set(failuresOf(answer).map(({ code }) => code))];
  log[answer.ok ? 'debug' : 'warn'](
    {
      ...{ ...logged, requestId: id },
      ...{ commands: commands.length, pairs: countPairs(commands) },
      ...(codes.length > 0 && { codes }),
    },
    answer.ok ? 'request answered' : `request ${answer.failure.kind}`,
  );
}
