import {
  type PhpArray,
  type PhpValue,
  phpArrayOf,
  phpInt,
  phpList,
  phpRecord,
  phpString,
} from '../rest/php-array.ts';
import { RestError } from '../rest/rest-error.ts';
import { isoSeconds } from '../rest/time-block.ts';
import type { Portal } from '../state/sandbox-portal.ts';
import type { KeptGroup, KeptRelation } from '../state/sandbox-relations.ts';
import { camelCase } from './camel-case.ts';
import type { Fields } from './filter.ts';
import type { Call, Outcome } from './method.ts';
import { pageOf, sorted } from './paging.ts';

const ERROR = 'SONET_CONTROLLER_USERTOGROUP';

/**
 * `socialnetwork.api.usertogroup.list`, which is not documented (published module
 * `socialnetwork`, controller `usertogroup`): relations of one group with their initiators and dates, 50
 * a page. It has no other filters than these. Without the right to invite, the caller sees only
 * the pending relations that are their own or that they initiated.
 */
export function userToGroupList({ portal, fields, start }: Call): Outcome {
  const filter = phpArrayOf(fields.get('filter'));
  const groupId = phpInt(filter.get('GROUP_ID'));
  if (groupId <= 0) throw new RestError(400, `${ERROR}_NO_GROUP`, 'GROUP_ID is required');
  const group = portal.visibleGroup(groupId);
  if (group === undefined) throw new RestError(400, `${ERROR}_ACCESS_DENIED`, 'Access denied');
  const found = [...group.relations]
    .filter(([userId, relation]) => isShown(portal, group, userId, relation))
    .map(([userId, relation]) => fieldsOf(groupId, userId, relation))
    .filter(passes(filter));
  const inOrder = sorted(found, fields.get('order'), phpRecord({ ID: 'DESC' }));
  const { records, ...page } = pageOf(inOrder, start);
  const names = [...phpArrayOf(fields.get('select')).values()].map(phpString);
  const relations = phpList(records.map((record) => selected(record, names)));
  return { result: phpRecord({ relations }), ...page };
}

/**
 * `socialnetwork.api.usertogroup.cancelInvite`, which is not documented (the same controller):
 * withdraws a pending invitation by the group. The caller must have the right to invite there, or
 * have invited the person.
 * @throws RestError with the code 0 where nothing can be withdrawn, as these controllers answer
 */
export async function cancelInvite({ portal, work, fields }: Call): Promise<Outcome> {
  const [userId, groupId] = ['userId', 'groupId'].map((name) => {
    const value = phpInt(fields.get(name));
    if (fields.has(name)) return value;
    throw new RestError(400, '100', `Could not find value for parameter {${name}}`);
  });
  const group = portal.groups.get(groupId ?? 0);
  const pending = group?.relations.get(userId ?? 0);
  const isInvitation = pending?.role === 'Z' && pending.initiatedBy === 'G';
  if (group === undefined || userId === undefined || !isInvitation) throw new NoPermission();
  if (!portal.mayInvite(group) && pending.initiatorId !== portal.callerId) throw new NoPermission();
  await work.spend(portal.limits.inviteSeconds);
  portal.withdraw(group, userId);
  return { result: true };
}

class NoPermission extends RestError {
  constructor() {
    super(400, '0', 'No permission to perform the operation');
  }
}

function isShown(
  portal: Portal,
  group: KeptGroup,
  userId: number,
  relation: KeptRelation,
): boolean {
  const isCallers = [userId, relation.initiatorId].includes(portal.callerId);
  return relation.role !== 'Z' || isCallers || group.callerMayInvite;
}

const fieldsOf = (groupId: number, userId: number, relation: KeptRelation): Fields => ({
  ...{ ID: relation.id, USER_ID: userId, GROUP_ID: groupId, ROLE: relation.role },
  AUTO_MEMBER: 'N',
  DATE_CREATE: isoSeconds(relation.createdAt),
  DATE_UPDATE: isoSeconds(relation.updatedAt),
  INITIATED_BY_TYPE: relation.initiatedBy ?? 'G',
  INITIATED_BY_USER_ID: relation.initiatorId,
  MESSAGE: '',
});

function passes(filter: PhpArray): (fields: Fields) => boolean {
  const tests = ['ID', 'ROLE', 'INITIATED_BY_TYPE', 'INITIATED_BY_USER_ID'].flatMap((name) => {
    const wanted = valuesOf(filter.get(name));
    return wanted.size > 0 ? [{ name, wanted }] : [];
  });
  return (fields) => tests.every(({ name, wanted }) => wanted.has(String(fields[name])));
}

const valuesOf = (wanted: PhpValue | undefined): ReadonlySet<string> =>
  new Set([...phpArrayOf(wanted).values()].map(phpString).filter((text) => text !== ''));

function selected(fields: Fields, names: readonly string[]): PhpArray {
  const row: PhpArray = new Map();
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined) row.set(camelCase(name), value);
  }
  return row;
}
