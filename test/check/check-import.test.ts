import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { checkImport } from '../../src/check/check-import.ts';
import type { CheckProgress } from '../../src/check/check-options.ts';
import { FIRST, readFindings } from '../../src/commands/check/check-findings.ts';
import type { GroupCheck } from '../../src/domain/imports/import-check.ts';
import { readCheck } from '../../src/ledger/checks/check-store.ts';
import {
  problemGroups,
  readGroupChecks,
  summarizeGroups,
} from '../../src/ledger/checks/group-checks.ts';
import { readUserChecks } from '../../src/ledger/checks/user-checks.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { MessageStore } from '../../src/ledger/pairs/message-store.ts';
import type { PortalClient } from '../../src/portal/http/client.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import { plainSeed, relation } from '../../src/sandbox/state/seed.ts';
import { importOf, type Key, removeImport } from '../ledger/sample-pairs.ts';
import { openBudget, openClient } from '../portal/open-client.ts';
import { openPortal, type Portal, smallSeed } from '../sandbox/raw-client.ts';
import { openTestLedger } from '../support/ledger/test-ledger.ts';
import { startRedis, type TestRedis } from '../support/redis/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

/** Group 99 and person 999 do not exist; person 10 is a bot, 11 an e-mail user. */
const PAIRS: Key[] = [
  ...[1, 2, 3, 9, 10, 11, 999].map((user): Key => [5, user]),
  ...[2, 3, 4, 5, 6, 7, 8, 9].map((user): Key => [6, user]),
  ...[2, 3].map((user): Key => [7, user]),
  ...[2, 3, 999].map((user): Key => [8, user]),
  [99, 4],
];

interface Setting {
  db: Db;
  client: PortalClient;
  portal: Portal;
}

async function open(options: Parameters<typeof openPortal>[0] = {}): Promise<Setting> {
  const portal = await openPortal({ seed: smallSeed(), ...options });
  const ledger = await openTestLedger();
  onTestFinished(() => ledger[Symbol.asyncDispose]());
  const client = openClient(portal.sandbox.webhookUrl, openBudget(server.redis));
  return { db: ledger.db, client, portal };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** A group in one line: pairs = members + pending + to invite + unseen + failing, and the caller. */
const line = (group: GroupCheck): string =>
  [
    `${group.id} ${group.name} ${group.size}`,
    `${group.visible ? 'seen' : 'not seen'} may ${group.mayInvite}`,
    `${group.pairs} = ${group.members} + ${group.pending} + ${group.toInvite} + ${group.unseen} + ${group.failing}`,
  ].join(', ');

describe('a check', () => {
  test('reports what the portal shows about each group, and sends nothing', async () => {
    const { db, client, portal } = await open();
    const id = await importOf(db, PAIRS, { state: 'ready' });
    const check = await checkImport({ db, client }, id);
    expect((await all(readGroupChecks(db, id))).map(line)).toEqual([
      '5 Open 1, seen may true, 7 = 0 + 0 + 3 + 3 + 0',
      '6 Busy 4, seen may true, 8 = 4 + 2 + 1 + 0 + 1',
      '7 null null, not seen may null, 2 = null + null + 0 + 0 + 2',
      '8 Closed 1, seen may false, 3 = 1 + 0 + 0 + 0 + 2',
      '99 null null, not seen may null, 1 = null + null + 0 + 0 + 1',
    ]);
    expect(check).toMatchObject({
      notShown: [],
      people: 12,
      invitations: { pairs: 4, people: 4 },
      forecast: { assumed: true, costPerInviteSeconds: 0.1, seconds: expect.any(Number) },
    });
    const { notifications, calls } = await portal.truth();
    expect(notifications).toEqual([]);
    expect(calls).toMatchObject({ 'user.get': 1, 'socialnetwork.api.workgroup.get': 5 });
    expect(calls).not.toHaveProperty('sonet_group.user.invite');
  });

  test('names people that the portal does not list, and dismissed people', async () => {
    const { db, client } = await open();
    const id = await importOf(db, PAIRS, { state: 'ready' });
    await checkImport({ db, client }, id);
    const missing = await all(readUserChecks(db, id, 'missing'));
    expect(missing.map((person) => person.id)).toEqual([10, 11, 999]);
    const dismissed = await all(readUserChecks(db, id, 'dismissed'));
    expect(dismissed).toEqual([{ id: 9, name: 'Person 9' }]);
  });

  test('notes only people who may get an invitation as dismissed', async () => {
    const seed = smallSeed();
    for (const person of seed.users.filter(({ id }) => id !== 1)) {
      Object.assign(person, { active: false });
    }
    const { db, client } = await open({ seed });
    const id = await importOf(
      db,
      PAIRS.filter(([group]) => group === 6),
      { state: 'ready' },
    );
    const { invitations } = await checkImport({ db, client }, id);
    expect(invitations).toEqual({ pairs: 1, people: 1 });
    expect(await all(readUserChecks(db, id, 'dismissed'))).toHaveLength(1);
  });

  test('is stored, returns groups with problems first, and is removed with its import', async () => {
    const { db, client } = await open();
    const id = await importOf(db, PAIRS, { state: 'ready' });
    const check = await checkImport({ db, client }, id);
    expect(await readCheck(db, id)).toEqual(check);
    const ids = async (limit: number) =>
      (await problemGroups(db, id, limit)).map((group) => group.id);
    expect(await ids(3)).toEqual([8, 7, 99]);
    expect(await ids(20)).toEqual([8, 7, 99, 6, 5]);
    expect(await summarizeGroups(db, id)).toEqual({
      count: 5,
      invisible: 2,
      notAllowed: 1,
      pairs: 21,
      members: 5,
      pending: 2,
      toInvite: 4,
      failing: 6,
      unseen: 3,
      collabs: 0,
      archived: 0,
      unread: 0,
      unreadPairs: 0,
    });
    await removeImport(db, id);
    expect(await readCheck(db, id)).toBeUndefined();
    expect(await all(readGroupChecks(db, id))).toEqual([]);
    expect(await all(readUserChecks(db, id, 'missing'))).toEqual([]);
  });

  test('replaces an earlier one', async () => {
    const { db, client, portal } = await open();
    const id = await importOf(db, PAIRS, { state: 'ready' });
    await checkImport({ db, client }, id);
    await portal.control('relations', [{ groupId: 5, userId: 2, role: 'K' }]);
    const check = await checkImport({ db, client }, id);
    expect(check.invitations).toEqual({ pairs: 3, people: 3 });
    expect(await readCheck(db, id)).toEqual(check);
    const [open5] = await all(readGroupChecks(db, id));
    expect(open5 && line(open5)).toBe('5 Open 2, seen may true, 7 = 1 + 0 + 2 + 3 + 0');
  });

  test('invites into a group that does not let its people invite, as an administrator', async () => {
    const { db, client } = await open({ isAdmin: true });
    const id = await importOf(db, PAIRS, { state: 'ready' });
    await checkImport({ db, client }, id);
    expect((await all(readGroupChecks(db, id))).map(line)).toEqual([
      '5 Open 1, seen may true, 7 = 0 + 0 + 3 + 3 + 0',
      '6 Busy 4, seen may true, 8 = 4 + 2 + 1 + 0 + 1',
      '7 Secret 0, not seen may null, 2 = null + null + 0 + 0 + 2',
      '8 Closed 1, seen may true, 3 = 1 + 0 + 1 + 1 + 0',
      '99 null null, not seen may null, 1 = null + null + 0 + 0 + 1',
    ]);
  });

  test.each([
    ['ru_basic', 0],
    ['ru_selfhosted', 2],
  ])('warns of kinds of groups, people and texts: %s', async (license, filteredTexts) => {
    const seed = smallSeed();
    const [group, other] = seed.groups;
    if (group === undefined || other === undefined) throw new Error('no groups');
    Object.assign(group, { type: 'collab' });
    Object.assign(other, { archived: true });
    const kind = 'extranet' as const;
    for (const person of seed.users.filter(({ id }) => id === 2 || id === 4)) {
      Object.assign(person, { kind, hasLoggedIn: person.id === 4 });
    }
    const { db, client } = await open({ seed, isAdmin: true, license });
    const text = 'select * from us';
    const id = await importOf(db, PAIRS, { state: 'ready', message: text });
    await new MessageStore(id).number(db, ['<b>Hi</b>', 'Hi, 2 < 3 & 4 > 3']);
    const check = await checkImport({ db, client }, id);
    expect(check.filteredTexts).toBe(filteredTexts);
    expect(await all(readUserChecks(db, id, 'unnotified'))).toEqual([{ id: 2, name: 'Person 2' }]);
    expect(await summarizeGroups(db, id)).toMatchObject({ collabs: 1, archived: 1 });
  });

  test('shows names but no members when the webhook may not read members', async () => {
    const { db, client } = await open({ scopes: ['sonet_group', 'user'] });
    const id = await importOf(db, PAIRS, { state: 'ready' });
    const check = await checkImport({ db, client }, id);
    expect(check.notShown).toEqual(['socialnetwork']);
    expect((await all(readGroupChecks(db, id))).map(line)).toEqual([
      '5 Open 1, seen may null, 7 = null + null + 3 + 3 + 0',
      '6 Busy 4, seen may null, 8 = null + null + 8 + 0 + 0',
      '7 null null, not seen may null, 2 = null + null + 0 + 0 + 2',
      '8 Closed 1, seen may null, 3 = null + null + 2 + 1 + 0',
      '99 null null, not seen may null, 1 = null + null + 0 + 0 + 1',
    ]);
  });

  test('counts all users as existing when the webhook may not read users', async () => {
    const { db, client } = await open({ scopes: ['sonet_group', 'socialnetwork'] });
    const id = await importOf(db, PAIRS, { state: 'ready' });
    const check = await checkImport({ db, client }, id);
    expect(check.notShown).toEqual(['user']);
    expect(await all(readUserChecks(db, id, 'missing'))).toEqual([]);
    expect(check.people).toBe(12);
    const [open5] = await all(readGroupChecks(db, id));
    expect(open5 && line(open5)).toBe('5 Open 1, seen may true, 7 = 0 + 0 + 6 + 0 + 0');
  });

  test('counts each person once, over several pages of groups and people', async () => {
    const seed = plainSeed({ users: 300, groups: 450 });
    seed.groups[220]?.relations.set(7, relation('K'));
    const { db, client } = await open({ seed });
    const pairs = Array.from({ length: 450 }, (_, group) =>
      Array.from({ length: 25 }, (_, user): Key => [group + 1, 2 + ((group + user) % 300)]),
    ).flat();
    const id = await importOf(db, pairs, { state: 'ready' });
    const progress: CheckProgress[] = [];
    const onProgress = (state: CheckProgress) => progress.push(state);
    const check = await checkImport({ db, client }, id, { onProgress });
    const member = pairs.filter(([group, user]) => group === 221 && user === 7).length;
    expect(check.people).toBe(300);
    expect(check.invitations).toEqual({ pairs: pairs.length - member, people: 300 });
    expect((await readFindings(db, id, null)).problematic).toHaveLength(FIRST);
    expect(progress).toEqual([
      { what: 'people', done: 300 },
      { what: 'groups', done: 200 },
      { what: 'groups', done: 400 },
      { what: 'groups', done: 450 },
    ]);
  });

  test('ends when the signal aborts, and stores no check', async () => {
    const { db, client } = await open();
    const id = await importOf(db, PAIRS, { state: 'ready' });
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('enough'));
    const options = { signal: stop.signal, onProgress };
    await expect(checkImport({ db, client }, id, options)).rejects.toThrow('enough');
    expect(await readCheck(db, id)).toBeUndefined();
  });

  test('reports why the portal refuses everything', async () => {
    const { db, client, portal } = await open();
    const id = await importOf(db, PAIRS, { state: 'ready' });
    await portal.control('webhook', { code: 'another' });
    await expect(checkImport({ db, client }, id)).rejects.toThrow(/refuses the webhook/);
  });

  test('forecasts for the time that running imports take as well', async () => {
    const { db, client } = await open();
    const forecastOf = async () => {
      const id = await importOf(db, PAIRS, { state: 'ready' });
      return (await checkImport({ db, client }, id)).forecast;
    };
    const alone = await forecastOf();
    const groups = [5, 6, 7].flatMap((group) => PAIRS.map(([, user]): Key => [group, user]));
    await importOf(db, groups, { portal: client.webhook.portal });
    expect(await forecastOf()).toMatchObject({ requests: alone.requests });
    expect((await forecastOf()).seconds).toBeGreaterThan(alone.seconds * 1.5);
  });

  test('uses the learned cost', async () => {
    const { db, client } = await open();
    const { budget } = client;
    expect((await budget.readView(INVITE, 1)).costSeconds).toBeUndefined();
    const request = { pairs: 10, pending: 10, maxWaitMs: 0, lifetimeMs: 1_000 };
    await budget.reserve({ id: 'r1', method: INVITE, ...request });
    const times = [{ finish: 1_000, seconds: 0.7, operating: 0.7 }];
    await budget.settle('r1', { method: INVITE, times, pairs: 10, invited: 10 });
    const id = await importOf(db, PAIRS, { state: 'ready' });
    const { forecast } = await checkImport({ db, client }, id);
    expect(forecast).toMatchObject({ assumed: false, costPerInviteSeconds: 0.07 });
  });
});
