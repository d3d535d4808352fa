import { SCOPE } from '../methods/scopes.ts';
import type { PortalClient } from './client.ts';
import type { PortalFailure } from './failure.ts';

/**
 * Distinguishes a portal that answers nothing from one that leaves a certain request unanswered: makes
 * the simplest request, which every webhook may make.
 *
 * @returns whether it was answered, also by an error; undefined when the signal aborts first
 */
export async function answersAnything(
  client: PortalClient,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const answer = await client.send(
    SCOPE,
    {},
    { signal, repeat: 'unless_executed', withSlot: true },
  );
  if (answer.ok) return true;
  switch (answer.failure.kind) {
    case 'unanswered':
    case 'silent':
    case 'not_sent':
      return false;
    case 'withheld':
    case 'abandoned':
      return undefined;
    case 'rate_limited':
    case 'operating_limited':
    case 'held':
    case 'refused':
      return true;
    default:
      return answer.failure satisfies never;
  }
}

/**
 * @param failure of a request that the portal left unanswered, or any other
 * @returns the failure; as `silent` when the portal does not answer the simplest request either
 */
export async function orSilent(
  client: PortalClient,
  failure: PortalFailure,
  signal: AbortSignal,
): Promise<PortalFailure> {
  if (failure.kind !== 'unanswered') return failure;
  return (await answersAnything(client, signal)) === false
    ? { ...failure, kind: 'silent' }
    : failure;
}
