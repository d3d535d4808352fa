import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendCalls } from '../../../src/portal/http/batch.ts';
import { readUsers, USERS_PER_PAGE, usersCall } from '../../../src/portal/methods/users.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { openBudget, openClient } from '../open-client.ts';
import { user } from '../portal-ids.ts';

describe('people on the portal', () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.dispose());

  test.each([
    ['with ids that do not exist', [2, 3, 999], [2, 3]],
    ['including the caller and a dismissed one', [1, 9], [1, 9]],
    ['with only ids that do not exist', [998, 999], []],
    ['that are a bot and an e-mail user', [10, 11], []],
  ])('%s are found the same directly and in a batch', async (_, asked, found) => {
    const portal = await openPortal({ seed: smallSeed() });
    const client = openClient(portal.sandbox.webhookUrl, openBudget(server.redis));
    const call = usersCall(asked.map(user));
    for (const calls of [[call], [usersCall([user(1)]), call]]) {
      const answer = await sendCalls(client, calls, { repeat: 'always' });
      const last = answer.ok ? answer.results.at(-1) : undefined;
      expect(last?.ok && readUsers(last.result)).toEqual(new Set(found));
    }
  });

  test('of the largest call fit on one page', async () => {
    const portal = await openPortal({ seed: plainSeed({ users: 200, groups: 0 }) });
    const asked = Array.from({ length: USERS_PER_PAGE }, (_, index) => 100 + index);
    const { method, parameters } = usersCall(asked.map(user));
    const { result, next } = (await portal.call(method, parameters)).json;
    expect(readUsers(result)).toEqual(new Set(asked));
    expect(next).toBeUndefined();
  });

  test.each(['user', 'user_basic', 'user_brief'])('are found with the scope %s', async (scope) => {
    const portal = await openPortal({ seed: smallSeed(), scopes: [scope] });
    const { method, parameters } = usersCall([user(2), user(999)]);
    const { result } = (await portal.call(method, parameters)).json;
    expect(readUsers(result)).toEqual(new Set([2]));
  });
});

describe('the answer about people', () => {
  test.each<[unknown, number[]]>([
    [[], []],
    [
      [{ ID: '2', ACTIVE: true }, { ID: 3 }],
      [2, 3],
    ],
    [{ 4: { ID: '2' }, 9: { ID: '3' } }, [2, 3]],
  ])('%j names %j', (result, ids) => {
    expect(readUsers(result)).toEqual(new Set(ids));
  });

  test.each([
    [undefined],
    [null],
    [true],
    ['2'],
    [2],
    [['2']],
    [[{}]],
    [[{ id: '2' }]],
    [[{ ID: 'x' }]],
    [[{ ID: '2' }, null]],
    [{ ID: '2', NAME: 'Ann' }],
  ])('that is %j is rejected', (result) => {
    expect(readUsers(result)).toBeUndefined();
  });
});
