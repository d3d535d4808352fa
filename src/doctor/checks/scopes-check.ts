import { finding, type SetUpFinding } from '../../messages/findings.ts';

/** The webhook's scopes; undefined when the portal does not report them. */
type Scopes = ReadonlySet<string> | undefined;

/** @returns whether the webhook may invite */
export function checkInviteScope(scopes: Scopes): SetUpFinding {
  if (scopes === undefined) return finding('scopes_not_known', {});
  if (scopes.has('sonet_group')) return finding('scope_there', { scope: 'sonet_group' });
  return finding('scope_invite_missing', {});
}

/** @returns whether the webhook may read groups with their people */
export function checkGroupsScope(scopes: Scopes): SetUpFinding {
  if (scopes === undefined) return finding('scopes_not_known', {});
  if (scopes.has('socialnetwork')) return finding('scope_there', { scope: 'socialnetwork' });
  return finding('scope_groups_missing', {});
}

/** @returns whether the webhook may read people, and find them by their addresses */
export function checkPeopleScope(scopes: Scopes): SetUpFinding {
  if (scopes === undefined) return finding('scopes_not_known', {});
  const scope = ['user', 'user_basic'].find((one) => scopes.has(one));
  if (scope !== undefined) return finding('scope_there', { scope });
  return finding(scopes.has('user_brief') ? 'scope_people_brief' : 'scope_people_missing', {});
}
