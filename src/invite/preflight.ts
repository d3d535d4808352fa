import { problem } from '../messages/problems.ts';
import type { PortalClient } from '../portal/http/client.ts';
import { unusablePortal } from '../portal/http/portal-problem.ts';
import { describeMissing } from '../portal/methods/scopes.ts';
import type { PortalProfile } from '../portal/profile/portal-profile.ts';

/** A portal that can be used. */
export interface Preflight {
  readonly profile: PortalProfile;
  /** What the program cannot report, and which scope would change that. */
  readonly warnings: readonly string[];
}

/**
 * Checks, before anything is read or sent, that the portal answers this webhook and lets it invite.
 *
 * @throws Problem when the portal cannot be reached, refuses the webhook, or does not let it invite
 */
export async function checkPortal({ profile: reader, webhook }: PortalClient): Promise<Preflight> {
  const read = await reader.read();
  if (!read.ok) throw unusablePortal(webhook.portal, read.failure);
  const { profile } = read;
  const { scopes } = profile;
  // An older portal may not report them; it can still invite.
  if (scopes === undefined) return { profile, warnings: [] };
  if (!scopes.has('sonet_group')) {
    throw problem('scope_missing', {});
  }
  return { profile, warnings: describeMissing(scopes) };
}
