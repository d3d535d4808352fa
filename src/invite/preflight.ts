import { Problem } from '../domain/errors/problem.ts';
import type { PortalClient } from '../portal/http/client.ts';
import { unusablePortal } from '../portal/http/portal-problem.ts';
import { remedyFor } from '../portal/http/remedy.ts';
import { describeMissing, readScopes, SCOPE } from '../portal/methods/scopes.ts';

/**
 * Checks, before anything is read or sent, that the portal answers this webhook and lets it invite.
 *
 * @returns what the program cannot report, and which scope would change that
 * @throws Problem when the portal cannot be reached, refuses the webhook, or does not let it invite
 */
export async function checkPortal(client: PortalClient): Promise<string[]> {
  const answer = await client.send(SCOPE, {}, { repeat: 'always' });
  if (!answer.ok) {
    // A portal without this method can still invite.
    if (answer.failure.code === 'ERROR_METHOD_NOT_FOUND') return [];
    throw unusablePortal(client.webhook.portal, answer.failure);
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
