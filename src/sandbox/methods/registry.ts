import { account, currentUser, scope } from './account.ts';
import { groupMembers, groupsGet } from './groups.ts';
import { invite } from './invite.ts';
import type { Method } from './method.ts';
import { usersGet } from './users.ts';
import { workgroupGet } from './workgroup.ts';
import { workgroupList } from './workgroup-list.ts';

const USER_SCOPES = ['user', 'user_basic', 'user_brief'];

/** The methods that the sandbox knows besides `batch`, by name in lower case. */
export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
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
  ['user.get', { scopes: USER_SCOPES, reads: true, run: usersGet }],
  ['user.current', { scopes: USER_SCOPES, reads: true, run: currentUser }],
  ['profile', { scopes: [], reads: true, run: account }],
  ['scope', { scopes: [], reads: true, run: scope }],
]);
