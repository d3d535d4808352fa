import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendCalls } from '../../../src/portal/http/batch.ts';
import {
  type GroupInfo,
  groupInfosCall,
  readGroupInfo,
  readGroupInfos,
  UNKNOWN_GROUP,
} from '../../../src/portal/methods/group-info.ts';
import { groupCall } from '../../../src/portal/methods/groups.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { openBudget, openClient } from '../open-client.ts';
import { group } from '../portal-ids.ts';

describe('groups on the portal', () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.dispose());

  test('are found by ids as far as the caller can see them, directly and in a batch', async () => {
    const portal = await openPortal({ seed: smallSeed(), scopes: ['sonet_group'] });
    const client = openClient(portal.sandbox.webhookUrl, openBudget(server.redis));
    const call = groupInfosCall([5, 6, 7, 999].map(group));
    for (const calls of [[call], [groupInfosCall([group(5)]), call]]) {
      const answer = await sendCalls(client, calls, { repeat: 'always' });
      const last = answer.ok ? answer.results.at(-1) : undefined;
      const expected = new Map([
        [5, info({ name: 'Open', size: 1 })],
        [6, info({ name: 'Busy', size: 4 })],
      ]);
      expect(last?.ok && readGroupInfos(last.result)).toEqual(expected);
    }
  });

  test('have the same name in the answer with their people', async () => {
    const portal = await openPortal({ seed: smallSeed() });
    const { method, parameters } = groupCall(group(6));
    const { result } = (await portal.call(method, parameters)).json;
    expect(readGroupInfo(result)).toEqual(info({ name: 'Busy', size: 4 }));
  });
});

const info = (given: Partial<GroupInfo>): GroupInfo => ({ ...UNKNOWN_GROUP, ...given });

describe('the answer about groups', () => {
  test.each<[string, unknown, GroupInfo]>([
    [
      'can contain the size as a string',
      { NAME: 'A', NUMBER_OF_MEMBERS: '7' },
      info({ name: 'A', size: 7 }),
    ],
    ['can lack the size', { NAME: 'A' }, info({ name: 'A', size: null })],
    ['can contain an invalid size', { NUMBER_OF_MEMBERS: 'x' }, info({ name: null, size: null })],
    [
      'can contain an escaped name',
      { NAME: 'R&amp;D &quot;x&quot;' },
      info({ name: 'R&D "x"', size: null }),
    ],
    [
      'can contain control characters',
      { NAME: 'a\u001b[2Jb\r\nc' },
      info({ name: 'a[2Jb c', size: null }),
    ],
    [
      'can be about a collab in the archive',
      { NAME: 'A', TYPE: 'collab', CLOSED: 'Y' },
      info({ name: 'A', isCollab: true, isArchived: true }),
    ],
    ['can be about a project', { NAME: 'A', TYPE: 'project', CLOSED: 'N' }, info({ name: 'A' })],
    ['can be empty', null, info({ name: null, size: null })],
  ])('%s', (_, result, expected) => {
    expect(readGroupInfo(result)).toEqual(expected);
  });

  test.each([[null], ['x'], [[{ NAME: 'A' }]], [[null]], [[{ ID: 'x' }]]])(
    'that is %j is rejected',
    (result) => {
      expect(readGroupInfos(result)).toBeUndefined();
    },
  );
});
