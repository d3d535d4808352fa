import { type PhpArray, phpArrayOf, phpInt, phpList, phpRecord } from '../rest/php-array.ts';
import { RestError } from '../rest/rest-error.ts';
import type { SeedGroup } from '../state/seed.ts';
import type { Call, Outcome } from './method.ts';
import { groupFields, idsOfRole, MEMBER_ROLES } from './sonet-group-methods.ts';

const CREATED_AT = '01/12/2026 09:00:00';

/**
 * `socialnetwork.api.workgroup.get` ("Retrieve Data on Workgroup"), with `GROUP_MEMBERS_LIST`,
 * `ACTIONS` and `USER_DATA` in its `select`.
 */
export async function workgroupGet({ portal, work, fields }: Call): Promise<Outcome> {
  const parameters = phpArrayOf(fields.get('params'));
  const id = phpInt(parameters.get('groupId'));
  if (id <= 0) {
    throw new RestError(
      400,
      'SONET_CONTROLLER_WORKGROUP_EMPTY',
      'No value for the workgroup ID was provided.',
    );
  }
  const group = portal.visibleGroup(id);
  if (group === undefined) {
    throw new RestError(400, 'SONET_CONTROLLER_WORKGROUP_NOT_FOUND', 'Workgroup not found.');
  }
  await work.spend(portal.limits.memberReadSeconds * group.relations.size);
  const select = new Set(phpArrayOf(parameters.get('select')).values());
  const result = base(group);
  const own = group.relations.get(portal.callerId);
  const mayEdit = own?.role === 'A';
  if (select.has('ACTIONS')) result.set('ACTIONS', actions(group, own?.role, mayEdit));
  if (select.has('USER_DATA')) {
    const data = { ROLE: own?.role ?? false, INITIATED_BY_TYPE: own?.initiatedBy ?? false };
    result.set('USER_DATA', phpRecord({ ...data, IS_SUBSCRIBED: false }));
  }
  if (select.has('GROUP_MEMBERS_LIST')) {
    const mayRead = mayEdit || group.callerMayInvite;
    // By the caller's role alone, and so are the actions: being an administrator does not count.
    result.set('GROUP_MEMBERS_LIST', mayRead ? membersList(group) : phpList([]));
  }
  for (const field of portal.absent) result.delete(field);
  return { result };
}

function base(group: SeedGroup): PhpArray {
  const fields = groupFields(group);
  const members = idsOfRole(group, MEMBER_ROLES);
  const moderators = idsOfRole(group, ['E']);
  return phpRecord({
    ID: group.id,
    ACTIVE: 'Y',
    SITE_ID: 's1',
    SUBJECT_ID: 1,
    NAME: group.name,
    DESCRIPTION: '',
    KEYWORDS: '',
    CLOSED: fields.CLOSED ?? 'N',
    VISIBLE: 'Y',
    OPENED: 'N',
    DATE_CREATE: CREATED_AT,
    DATE_UPDATE: CREATED_AT,
    DATE_ACTIVITY: CREATED_AT,
    IMAGE_ID: 0,
    OWNER_ID: fields.OWNER_ID,
    INITIATE_PERMS: group.callerMayInvite ? 'K' : 'A',
    NUMBER_OF_MEMBERS: members.length,
    NUMBER_OF_MODERATORS: moderators.length,
    PROJECT: fields.PROJECT ?? 'N',
    PROJECT_DATE_START: null,
    PROJECT_DATE_FINISH: null,
    TYPE: fields.TYPE ?? 'group',
    MEMBERS: phpList(members),
    ORDINARY_MEMBERS: phpList(idsOfRole(group, ['K'])),
    INVITED_MEMBERS: phpList(idsOfRole(group, ['Z'])),
    MODERATOR_MEMBERS: phpList(moderators),
    SITE_IDS: phpList(['s1']),
    NUMBER_OF_MEMBERS_PLURAL: 0,
  });
}

/** All users with a relation: for the banned none of the three is true. */
function membersList(group: SeedGroup): PhpArray {
  return phpList(
    [...group.relations].map(([id, { role, initiatedBy }]) =>
      phpRecord({
        id,
        invited: role === 'Z' && initiatedBy === 'G',
        isAwaiting: role === 'Z' && initiatedBy === 'U',
        isMember: MEMBER_ROLES.includes(role),
      }),
    ),
  );
}

function actions(group: SeedGroup, ownRole: string | undefined, mayEdit: boolean): PhpArray {
  const isMember = ownRole !== undefined && MEMBER_ROLES.includes(ownRole);
  return phpRecord({
    EDIT: mayEdit,
    DELETE: mayEdit,
    INVITE: group.callerMayInvite,
    JOIN: ownRole === undefined,
    LEAVE: isMember && !mayEdit,
    FOLLOW: isMember,
    PIN: isMember,
    EDIT_FEATURES: mayEdit,
  });
}
