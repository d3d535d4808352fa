import { Problem } from '../domain/problem.ts';
import type { PortalClient } from '../portal/client.ts';
import { describeFailure } from '../portal/failure.ts';
import { remedyFor } from '../portal/remedy.ts';
import { describeMissing, readScopes, SCOPE } from '../portal/scopes.ts';

/**
 * Makes sure, before anything is read or sent, that the portal answers to this webhook and lets it
 * invite.
 *
 * @returns what the program will be able to tell less about, and which scope would change that
 * @throws Problem when the portal cannot be reached, refuses the webhook, or it may not invite
 */
export async function checkPortal(client: PortalClient): Promise<string[]> {
  const { portal } = client.webhook;
  const answer = await client.send(SCOPE, {}, { repeat: 'always' });
  if (!answer.ok) {
    const { failure } = answer;
    // A portal that does not know the question can still invite.
    if (failure.code === 'ERROR_METHOD_NOT_FOUND') return [];
    const what =
      failure.kind === 'not_sent'
        ? `The portal ${portal} cannot be reached`
        : failure.kind === 'unanswered'
          ? `${portal} does not answer as Bitrix24 does`
          : `The portal ${portal} refuses the webhook`;
    const remedy =
      failure.kind === 'unanswered'
        ? 'Check the address in BITRIX24_WEBHOOK_URL; if it is right, the portal has trouble: try again later.'
        : remedyFor(failure.code);
    throw new Problem(`${what} (${describeFailure(failure)}).`, remedy);
  }
  const scopes = readScopes(answer.result);
  if (scopes === undefined) return [];
  if (!scopes.has('sonet_group')) {
    throw new Problem(
      'The webhook may not invite: it lacks the scope sonet_group.',
      remedyFor('insufficient_scope'),
    );
  }
  return describeMissing(scopes);
}
