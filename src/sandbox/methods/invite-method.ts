import { type PhpValue, phpInt, phpList } from '../rest/php-array.ts';
import { RestError } from '../rest/rest-error.ts';
import { invitationText } from './invitation-text.ts';
import type { Call, Outcome } from './method.ts';

/**
 * `sonet_group.user.invite` ("Invite users to group"): invites user by user and silently leaves
 * out users that it cannot invite. Errors of users who do not exist or may not be invited remain
 * behind in a batch. An invitation is in the group, and notified, only when its
 * server time has passed; another request in between invites a second time, and a person who joins in
 * between is pending again.
 * @returns the ids that were invited, each as it was sent
 * @throws RestError with an empty code for a bad GROUP_ID, a bad USER_ID, an invisible group
 */
export async function invite({
  portal,
  work,
  fields,
  misfortune,
  decline,
}: Call): Promise<Outcome> {
  const groupId = phpInt(fields.get('GROUP_ID'));
  if (groupId <= 0) throw new RestError(400, '', 'Wrong group ID');
  const ids = userIds(fields.get('USER_ID'));
  const group = portal.visibleGroup(groupId);
  if (group === undefined) throw new RestError(400, '', 'Socialnetwork group not found');
  const message = invitationText(portal, group, fields.get('MESSAGE'));

  const invited: PhpValue[] = [];
  for (const sent of ids) {
    const id = phpInt(sent);
    if (sent instanceof Map || id <= 0 || id === portal.callerId) continue;
    if (group.relations.has(id)) continue;
    const user = portal.users.get(id);
    if (user === undefined) {
      decline(new RestError(400, 'ERROR_CREATE_USER2GROUP', 'The user is not found.'));
      continue;
    }
    if (!user.invitable || !portal.mayInvite(group)) {
      decline(new RestError(400, 'ERROR_NO_PERMS', 'You may not invite this user.'));
      continue;
    }
    await work.spend(portal.limits.inviteSeconds);
    if (misfortune.gateInvite) await portal.waitAtGate('gate_invite');
    portal.invite(group, id, message);
    invited.push(sent);
  }
  return { result: phpList(invited) };
}

/** @returns the entries of USER_ID, a list or one. @throws RestError when there is none */
export function userIds(sent: PhpValue | undefined): PhpValue[] {
  const isEmpty = sent instanceof Map ? sent.size === 0 : phpInt(sent) <= 0;
  if (isEmpty) throw new RestError(400, '', 'Wrong user IDs');
  return sent instanceof Map ? [...sent.values()] : [sent ?? null];
}
