import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendCalls } from '../../../src/portal/http/batch.ts';
import {
  type GroupReading,
  groupCall,
  groupListCall,
  readGroup,
} from '../../../src/portal/methods/groups.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { openBudget, openClient } from '../open-client.ts';
import { group } from '../portal-ids.ts';

const reading = (
  members: number[],
  pending: number[],
  mayInvite?: boolean,
  banned: number[] = [],
): GroupReading => ({
  members: new Set(members),
  pending: new Set(pending),
  banned: new Set(banned),
  showsPending: true,
  mayInvite,
});

describe('a group on the portal', () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.dispose());

  test.each([
    ['open to the caller', 5, reading([1], [], true)],
    [
      'with invited people, people who ask to join and a banned one',
      6,
      reading([2, 3, 4, 9], [6, 7], true),
    ],
    ['where the caller may not invite', 8, reading([2], [], false)],
  ])('%s reads the same directly and in a batch', async (_, groupId, expected) => {
    const portal = await openPortal({ seed: smallSeed() });
    const client = openClient(portal.sandbox.webhookUrl, openBudget(server.redis));
    const call = groupCall(group(groupId));
    for (const calls of [[call], [groupCall(group(5)), call]]) {
      const answer = await sendCalls(client, calls, { repeat: 'always' });
      const last = answer.ok ? answer.results.at(-1) : undefined;
      expect(last?.ok && readGroup(last.result)).toMatchObject(expected);
    }
    expect((await portal.truth()).calls.batch).toBe(1);
  });

  test.each([
    ['shows a ban in the long list', false, 6, reading([2, 3, 4, 9], [6, 7], true, [5])],
    ['shows an administrator without a role only its ids', true, 8, reading([2], [3], false)],
  ])('%s', async (_, isAdmin, groupId, expected) => {
    const portal = await openPortal({ seed: smallSeed(), isAdmin });
    await portal.control('relations', [
      { groupId: 8, userId: 3, role: 'Z' },
      { groupId: 8, userId: 4, role: 'T' },
    ]);
    const { method, parameters } = groupListCall(group(groupId));
    expect(readGroup((await portal.call(method, parameters)).json.result)).toMatchObject(expected);
  });

  test('shows changes of its people', async () => {
    const portal = await openPortal({ seed: smallSeed() });
    const { method, parameters } = groupCall(group(5));
    const read = async () => readGroup((await portal.call(method, parameters)).json.result);
    await portal.call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [2, 3] });
    expect(await read()).toMatchObject(reading([1], [2, 3], true));
    await portal.control('relations', [{ groupId: 5, userId: 2, role: 'K' }]);
    expect(await read()).toMatchObject(reading([1, 2], [3], true));
    await portal.control('relations', [{ groupId: 5, userId: 3, role: 'T' }]);
    expect(await read()).toMatchObject(reading([1, 2], [], true));
  });
});

describe('the answer about a group', () => {
  const lists = {
    MEMBERS: [1],
    ORDINARY_MEMBERS: [2],
    MODERATOR_MEMBERS: [3],
    INVITED_MEMBERS: [4],
  };

  test.each<[string, unknown, GroupReading]>([
    ['names members by role', lists, reading([1, 2, 3], [4])],
    [
      'can contain strings, and maps for lists',
      { MEMBERS: { 3: '1', 5: '2' }, INVITED_MEMBERS: { 1: '4' }, ACTIONS: { INVITE: 'Y' } },
      reading([1, 2], [4], true),
    ],
    ['can be about an empty group', { MEMBERS: [], INVITED_MEMBERS: [] }, reading([], [])],
    [
      'can contain only one of the lists',
      { MODERATOR_MEMBERS: [3] },
      { ...reading([3], []), showsPending: false },
    ],
    [
      'can list people only one by one',
      {
        MEMBERS: [],
        GROUP_MEMBERS_LIST: [
          { id: 1, invited: false, isAwaiting: false, isMember: true },
          { id: '2', invited: true, isAwaiting: false, isMember: false },
          { id: 3, invited: false, isAwaiting: true, isMember: false },
          { id: 4, invited: false, isAwaiting: false, isMember: false },
        ],
      },
      reading([1], [2, 3], undefined, [4]),
    ],
    [
      'can list people one by one in a map, with other forms of true',
      {
        MEMBERS: [],
        GROUP_MEMBERS_LIST: {
          7: { id: '1', isMember: 'Y' },
          8: { id: '2', invited: '1' },
          9: { id: '3', isAwaiting: 1, isMember: 'N' },
        },
      },
      reading([1], [2, 3]),
    ],
    [
      'can contain invalid entries',
      { MEMBERS: ['x', {}, 5], GROUP_MEMBERS_LIST: [null, 'x', 7] },
      reading([5], []),
    ],
    [
      'can lack the list of people one by one',
      { ...lists, GROUP_MEMBERS_LIST: null },
      reading([1, 2, 3], [4]),
    ],
    [
      'can forbid inviting',
      { ...lists, ACTIONS: { INVITE: false } },
      reading([1, 2, 3], [4], false),
    ],
    [
      'can forbid inviting in another form',
      { ...lists, ACTIONS: { INVITE: 'N' } },
      reading([1, 2, 3], [4], false),
    ],
    ['can say nothing about inviting', { ...lists, ACTIONS: [] }, reading([1, 2, 3], [4])],
  ])('%s', (_, result, expected) => {
    expect(readGroup(result)).toEqual(expected);
  });

  test.each([[undefined], [null], [true], ['x'], [7], [[]], [{}], [{ MEMBERS: 'x' }], [{ ID: 5 }]])(
    'that is %j is rejected',
    (result) => {
      expect(readGroup(result)).toBeUndefined();
    },
  );
});
