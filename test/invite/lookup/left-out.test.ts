import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GroupId, UserId } from '../../../src/domain/pairs/ids.ts';
import { findGroupNames } from '../../../src/ledger/checks/group-name-store.ts';
import { findUserNames } from '../../../src/ledger/checks/user-name-store.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { relation } from '../../../src/sandbox/state/seed.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { startFaultyPortal } from '../../support/invite/faulty-portal.ts';
import { openPipeline, type Pipeline } from '../pipeline.ts';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/**
 * User 4 can be invited, 5 is banned, 8 refuses invitations, 12 is in the extranet, 10 is a banned bot, which no
 * webhook can look up, 999 does not exist. The caller owns group 5, and is in no way part of group 8.
 */
const people = (groupId: number) =>
  ['group_id,user_id', ...[4, 5, 8, 12, 10, 999].map((userId) => `${groupId},${userId}`)].join(
    '\n',
  );

function seedWithExtranet() {
  const seed = smallSeed();
  const kind = 'extranet' as const;
  const more = { active: true, invitable: true, hasLoggedIn: false };
  seed.users.push({ id: 12, name: 'Guest', email: 'guest@north.example', kind, ...more });
  for (const group of seed.groups) {
    for (const banned of [5, 10]) group.relations.set(banned, relation('T'));
  }
  return seed;
}

const INVITED = ['invited/returned'];
const [REFUSED, BANNED] = ['failed/declined', 'failed/banned'];
const [ABSENT, FORBIDDEN] = ['failed/user_not_found', 'failed/not_allowed'];
const DECLINED_IN_DOUBT = 'failed/declined may_invite_not_known';

test.each<[string, Partial<SandboxOptions>, number, string[]]>([
  ['a person who may invite', {}, 5, [...INVITED, BANNED, REFUSED, ...INVITED, BANNED, ABSENT]],
  ['a person who may not', {}, 8, [FORBIDDEN, FORBIDDEN, FORBIDDEN, ABSENT, ABSENT, ABSENT]],
  [
    'an administrator without a role in the group',
    { isAdmin: true },
    8,
    // The portal does not show the bans.
    [...INVITED, REFUSED, REFUSED, ...INVITED, ABSENT, ABSENT],
  ],
  [
    'somebody who may be an administrator',
    { absent: ['profile', 'user.admin'] },
    8,
    [DECLINED_IN_DOUBT, DECLINED_IN_DOUBT, DECLINED_IN_DOUBT, ABSENT, ABSENT, ABSENT],
  ],
  [
    'an administrator whose portal has its workgroups switched off',
    { isAdmin: true, workgroupsOff: true },
    5,
    [REFUSED, BANNED, REFUSED, REFUSED, BANNED, ABSENT],
  ],
])('explains why people were left out by the webhook of %s', async (_, options, group, found) => {
  const portal = await openPortal({ seed: seedWithExtranet(), ...options });
  const context = pipeline.workFor(portal.sandbox.webhookUrl);
  const id = await pipeline.start(context, people(group));
  expect(await pipeline.turn(context, id)).toEqual({ kind: 'settled' });
  const pairs = await pipeline.db
    .selectFrom('pairs')
    .select(['outcome', 'reason', 'detail'])
    .where('import_id', '=', id)
    .orderBy('seq')
    .execute();
  const shown = pairs.map(({ outcome, reason, detail }) => {
    const [code = ''] = /may_invite_not_known/.exec(detail ?? '') ?? [];
    return `${outcome}/${reason} ${code}`.trim();
  });
  expect(shown).toEqual(found);
  // Only a person who logged in once is notified.
  expect((await portal.truth()).notifications.map(({ userId }) => userId)).not.toContain(12);
});

test('keeps the names of the people and groups that it read', async () => {
  const portal = await openPortal({ seed: seedWithExtranet() });
  const context = pipeline.workFor(portal.sandbox.webhookUrl);
  const id = await pipeline.start(context, people(5));
  await pipeline.turn(context, id);
  const users = await findUserNames(
    pipeline.db,
    id,
    [5, 8, 999].map((one) => one as UserId),
  );
  expect([...users.keys()].toSorted((a, b) => a - b)).toEqual([5, 8]);
  const group = smallSeed().groups.find((one) => one.id === 5);
  expect(await findGroupNames(pipeline.db, id, [5 as GroupId])).toEqual(
    new Map([[5, group?.name]]),
  );
});

/**
 * A portal that invites user 4 only, whatever it reports: the group does not let the caller invite, who is no
 * administrator as far as `isAdmin` says.
 */
const startOpenPortal = (isAdmin: () => boolean) =>
  startFaultyPortal(({ method, userIds }) => {
    switch (method) {
      case 'sonet_group.user.invite':
        return { result: userIds.filter((id) => id === 4) };
      case 'socialnetwork.api.workgroup.get':
        return { result: { MEMBERS: [2], INVITED_MEMBERS: [], ACTIONS: { INVITE: false } } };
      case 'user.get':
        return { result: [4, 8].map((id) => ({ ID: `${id}`, ACTIVE: true })) };
      case 'user.admin':
        return { result: isAdmin() };
      default:
        return { error: 'ERROR_METHOD_NOT_FOUND', error_description: '' };
    }
  });

test.each([
  ['8,4', { 'invited/returned': 1, 'failed/declined': 1 }],
  ['8,8', { 'failed/not_allowed': 1 }],
])(
  'a group into which the import has invited somebody is open, whatever it reports: %s',
  async (row, counts) => {
    const context = pipeline.workFor((await startOpenPortal(() => false)).webhookUrl);
    const rows = [...new Set([row, '8,8'])].join('\n');
    const id = await pipeline.start(context, `group_id,user_id\n${rows}\n`);
    expect(await pipeline.turn(context, id)).toEqual({ kind: 'settled' });
    expect(await pipeline.tallies(id)).toEqual(counts);
  },
);

test.each([
  [false, true, 'failed/declined'],
  [true, false, 'failed/not_allowed'],
])(
  'the caller is an administrator: %s when the profile was read, %s now',
  async (before, now, found) => {
    let isAdmin = before;
    const context = pipeline.workFor((await startOpenPortal(() => isAdmin)).webhookUrl);
    await context.client.profile.get();
    isAdmin = now;
    const id = await pipeline.start(context, 'group_id,user_id\n8,8\n');
    expect(await pipeline.turn(context, id)).toEqual({ kind: 'settled' });
    expect(await pipeline.tallies(id)).toEqual({ [found]: 1 });
  },
);
