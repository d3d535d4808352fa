import { phpRecord, phpString } from '../rest/php-array.ts';
import type { Portal } from '../state/sandbox-portal.ts';
import { account, appInfo, currentUser, isAdmin, scope, serverTime } from './account-methods.ts';
import { invite } from './invite-method.ts';
import { addMembers, changeRoles, deleteMembers } from './membership-methods.ts';
import type { Call, Method, Outcome } from './method.ts';
import { notifyPerson } from './notify-method.ts';
import { groupMembers, groupsGet } from './sonet-group-methods.ts';
import { usersGet } from './user-methods.ts';
import { cancelInvite, userToGroupList } from './user-to-group-methods.ts';
import { workgroupGet } from './workgroup.ts';
import { workgroupList } from './workgroup-list.ts';

const USER_SCOPES = ['user', 'user_basic', 'user_brief'];

/** The methods of the sandbox besides `batch`, by name in lower case. */
const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['sonet_group.user.invite', { scopes: ['sonet_group'], reads: false, run: invite }],
  ['sonet_group.user.get', { scopes: ['sonet_group'], reads: true, run: groupMembers }],
  ['sonet_group.get', { scopes: ['sonet_group'], reads: true, run: groupsGet }],
  [
    'socialnetwork.api.workgroup.get',
    { scopes: ['socialnetwork'], reads: true, run: workgroupGet },
  ],
  [
    'socialnetwork.api.workgroup.list',
    { scopes: ['socialnetwork'], reads: true, run: workgroupList },
  ],
  [
    'socialnetwork.api.usertogroup.list',
    { scopes: ['socialnetwork'], reads: true, run: userToGroupList },
  ],
  [
    'socialnetwork.api.usertogroup.cancelinvite',
    { scopes: ['socialnetwork'], reads: false, run: cancelInvite },
  ],
  ['sonet_group.user.add', { scopes: ['sonet_group'], reads: false, run: addMembers }],
  ['sonet_group.user.update', { scopes: ['sonet_group'], reads: false, run: changeRoles }],
  ['sonet_group.user.delete', { scopes: ['sonet_group'], reads: false, run: deleteMembers }],
  ['im.notify.personal.add', { scopes: ['im'], reads: false, run: notifyPerson }],
  ['user.get', { scopes: USER_SCOPES, reads: true, run: usersGet }],
  ['user.current', { scopes: USER_SCOPES, reads: true, run: currentUser }],
  ['profile', { scopes: [], reads: true, run: account }],
  ['user.admin', { scopes: [], reads: true, run: isAdmin }],
  ['server.time', { scopes: [], reads: true, run: serverTime }],
  ['app.info', { scopes: [], reads: true, run: appInfo }],
  ['scope', { scopes: [], reads: true, run: scope }],
  ['method.get', { scopes: [], reads: true, run: methodGet }],
]);

/** @returns the method of this name, in lower case; undefined when the portal does not have it */
export function methodOf({ absent }: Portal, name: string): Method | undefined {
  return absent.has(name) ? undefined : METHODS.get(name);
}

/** @returns whether the webhook's scopes allow it to call the method */
export const isGranted = ({ scopes }: Portal, method: Method): boolean =>
  method.scopes.length === 0 || method.scopes.some((scope) => scopes.includes(scope));

/** `method.get` ("Get Method Availability Information"): whether the webhook can call a method. */
function methodGet({ portal, fields }: Call): Outcome {
  const method = methodOf(portal, phpString(fields.get('name')).toLowerCase());
  const isExisting = method !== undefined;
  return {
    result: phpRecord({ isExisting, isAvailable: isExisting && isGranted(portal, method) }),
  };
}
