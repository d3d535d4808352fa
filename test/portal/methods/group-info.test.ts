import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendCalls } from '../../../src/portal/http/batch.ts';
import {
  type GroupInfo,
  groupInfosCall,
  readGroupInfo,
  readGroupInfos,
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

  test('are found by their ids as far as the caller sees them, directly and in a batch', async () => {
    const portal = await openPortal({ seed: smallSeed(), scopes: ['sonet_group'] });
    const client = openClient(portal.sandbox.webhookUrl, openBudget(server.redis));
    const call = groupInfosCall([5, 6, 7, 999].map(group));
    for (const calls of [[call], [groupInfosCall([group(5)]), call]]) {
      const answer = await sendCalls(client, calls, { repeat: 'always' });
      const last = answer.ok ? answer.results.at(-1) : undefined;
      const expected = new Map([
        [5, { name: 'Open', size: 1 }],
        [6, { name: 'Busy', size: 4 }],
      ]);
      expect(last?.ok && readGroupInfos(last.result)).toEqual(expected);
    }
  });

  test('are called the same where their people are told', async () => {
    const portal = await openPortal({ seed: smallSeed() });
    const { method, parameters } = groupCall(group(6));
    const { result } = (await portal.call(method, parameters)).json;
    expect(readGroupInfo(result)).toEqual({ name: 'Busy', size: 4 });
  });
});

describe('the answer about groups', () => {
  test.each<[string, unknown, GroupInfo]>([
    ['may tell the size in digits', { NAME: 'A', NUMBER_OF_MEMBERS: '7' }, { name: 'A', size: 7 }],
    ['may tell no size', { NAME: 'A' }, { name: 'A', size: null }],
    ['may tell a size that is none', { NUMBER_OF_MEMBERS: 'x' }, { name: null, size: null }],
    ['may escape a name', { NAME: 'R&amp;D &quot;x&quot;' }, { name: 'R&D "x"', size: null }],
    ['may hold what moves a cursor', { NAME: 'a\u001b[2Jb\r\nc' }, { name: 'a[2Jb c', size: null }],
    ['may be nothing', null, { name: null, size: null }],
  ])('%s', (_, result, expected) => {
    expect(readGroupInfo(result)).toEqual(expected);
  });

  test.each([[null], ['x'], [[{ NAME: 'A' }]], [[null]], [[{ ID: 'x' }]]])(
    'that is %j says nothing',
    (result) => {
      expect(readGroupInfos(result)).toBeUndefined();
    },
  );
});
