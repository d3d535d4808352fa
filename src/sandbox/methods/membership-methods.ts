import { phpInt, phpList } from '../rest/php-array.ts';
import { RestError } from '../rest/rest-error.ts';
import type { KeptGroup } from '../state/sandbox-relations.ts';
import { relation } from '../state/seed.ts';
import { userIds } from './invite-method.ts';
import type { Call, Outcome } from './method.ts';

/** A call about people of a group, by an administrator. */
interface MembershipCall {
  readonly group: KeptGroup;
  readonly userIds: ReadonlySet<number>;
}

/**
 * `sonet_group.user.add` ("Add users to group"): makes employees and extranet users members at once.
 * It skips all others and anyone with a relation, and makes the group visible in the extranet for
 * an extranet user.
 * @returns the ids as the database has them: strings in ascending order
 */
export async function addMembers(call: Call): Promise<Outcome> {
  const { portal, work } = call;
  const asked = readCall(call, 'No permissions to add users');
  const added: number[] = [];
  for (const id of [...asked.userIds].toSorted((left, right) => left - right)) {
    const kind = portal.users.get(id)?.kind;
    if (kind !== 'employee' && kind !== 'extranet') continue;
    if (kind === 'extranet') asked.group.extranet = true;
    if (asked.group.relations.has(id)) continue;
    await work.spend(portal.limits.inviteSeconds);
    portal.relations.set(asked.group, id, relation('K'));
    added.push(id);
  }
  return changed(call, added);
}

/**
 * `sonet_group.user.update` ("Change the role of group members"): whatever relation a person has
 * becomes the role, except for the owner. So it accepts pending invitations and lifts bans.
 */
export async function changeRoles(call: Call): Promise<Outcome> {
  const { portal, work, fields } = call;
  const role = ['E' as const, 'K' as const].find((known) => known === fields.get('ROLE'));
  const asked = readCall(call, 'No permissions to update users role', () => {
    if (role === undefined) throw new RestError(400, '', 'Incorrect role code');
  });
  const updated: number[] = [];
  for (const [id, { role: current }] of relationsOf(asked)) {
    if (role === undefined || current === 'A' || current === role) continue;
    await work.spend(portal.limits.inviteSeconds);
    portal.relations.set(asked.group, id, relation(role));
    updated.push(id);
  }
  return changed(call, updated);
}

/**
 * `sonet_group.user.delete` ("Remove users from group"): deletes any relation, pending ones and bans
 * included, except those of the owner and the scrum master, and the notification of an invitation.
 */
export async function deleteMembers(call: Call): Promise<Outcome> {
  const { portal, work } = call;
  const asked = readCall(call, 'No permissions to update users role');
  const deleted: number[] = [];
  for (const [id, { role }] of relationsOf(asked)) {
    if (role === 'A' || id === asked.group.scrumMasterId) continue;
    await work.spend(portal.limits.inviteSeconds);
    portal.withdraw(asked.group, id);
    deleted.push(id);
  }
  return changed(call, deleted);
}

/** These methods check the caller's right before the group, and not whether the caller can see it. */
function readCall({ portal, fields }: Call, refusal: string, check?: () => void): MembershipCall {
  const groupId = phpInt(fields.get('GROUP_ID'));
  if (groupId <= 0) throw new RestError(400, '', 'Wrong group ID');
  if (!portal.isAdmin) throw new RestError(400, '', refusal);
  check?.();
  const ids = userIds(fields.get('USER_ID'));
  const group = portal.groups.get(groupId);
  if (group === undefined) throw new RestError(400, '', 'Socialnetwork group not found');
  return { group, userIds: new Set(ids.map(phpInt)) };
}

const relationsOf = ({ group, userIds }: MembershipCall) =>
  [...group.relations].filter(([id]) => userIds.has(id));

function changed({ portal }: Call, ids: readonly number[]): Outcome {
  portal.changes.emit('change');
  return { result: phpList(ids.map(String)) };
}
