import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { SYSTEM_CLOCK } from '../../../src/domain/time/clock.ts';
import { OnceReader, type TimedResult } from '../../../src/portal/directory/read-once.ts';
import type { ClientOptions } from '../../../src/portal/http/client-options.ts';
import { groupCall, readGroup, readGroups } from '../../../src/portal/methods/groups.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { plainSeed, relation } from '../../../src/sandbox/state/seed.ts';
import { openPortal } from '../../sandbox/raw-client.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { json, startOddServer } from '../faulty-server.ts';
import { openBudget, openClient } from '../open-client.ts';
import { group } from '../portal-ids.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const NEVER = new AbortController().signal;
const READ = 'socialnetwork.api.workgroup.get';

function open(webhookUrl: string, options: Partial<ClientOptions> = {}) {
  const client = openClient(webhookUrl, openBudget(server.redis), options);
  onTestFinished(() => client.budget.close());
  const reader = new OnceReader(client, SYSTEM_CLOCK);
  return { read: (calls: Parameters<OnceReader['read']>[0]) => reader.read(calls, NEVER) };
}

/** A portal with `count` groups of ten people, including the caller. */
async function openGroups(count: number, options: Partial<SandboxOptions> = {}) {
  const seed = plainSeed({ users: 10, groups: count });
  for (const { relations } of seed.groups) {
    for (let id = 2; id <= 10; id++) relations.set(id, relation('K'));
  }
  const portal = await openPortal({ seed, ...options });
  const ids = Array.from({ length: count }, (_, at) => group(at + 1));
  return { portal, ids, ...open(portal.sandbox.webhookUrl) };
}

describe('groups that are too many for one request', () => {
  test('are read in halves, and the size that worked is kept', async () => {
    // Fifty take half a second, which is more than the portal allows.
    const slow = { memberReadSeconds: 0.001, requestLimitSeconds: 0.3 };
    const { portal, ids, read } = await openGroups(50, slow);
    const results = await read(ids.map(groupCall));
    expect(results.map(({ ok }) => ok)).toEqual(Array(50).fill(true));
    const { requests, cutRequests } = await portal.truth();
    expect(cutRequests).toBeGreaterThan(0);
    await read(ids.map(groupCall));
    const after = await portal.truth();
    expect(after.cutRequests).toBe(cutRequests);
    expect(after.requests - requests).toBeLessThan(5);
  });

  test('are read except for one that is too large by itself', async () => {
    const slow = { memberReadSeconds: 0.01, requestLimitSeconds: 0.25 };
    const { ids, read, portal } = await openGroups(4, slow);
    const more = Array.from({ length: 30 }, (_, at) => ({
      groupId: 2,
      userId: at + 100,
      role: 'K',
    }));
    await portal.control('relations', more);
    const results = await read(ids.map(groupCall));
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true, true]);
    expect(results[1]).toMatchObject({ failure: { kind: 'unanswered', code: 'HTTP_504' } });
  });
});

describe('a portal where every request runs long', () => {
  const calls = Array.from({ length: 50 }, (_, at) => groupCall(group(at + 1)));
  const kinds = (results: readonly TimedResult[]) =>
    new Set(results.map((result) => (result.ok ? 'read' : result.failure.kind)));

  async function openSlow(answersScope: boolean) {
    const { origin, received } = await startOddServer((response, { url }) => {
      if (answersScope && url.includes('scope')) return json(response, 200, { result: [] });
      response.writeHead(504, { 'Content-Type': 'text/html' });
      response.end('<html>');
    });
    const readings = () => received.filter(({ url }) => !url.includes('scope'));
    return { readings, ...open(`${origin}/rest/1/secret/`) };
  }

  test('does not get a request for each group', async () => {
    const { read, readings } = await openSlow(true);
    const results = await read(calls);
    expect(results).toHaveLength(50);
    expect(kinds(results)).toEqual(new Set(['unanswered']));
    // Nine requests, each tried four times at most.
    expect(readings().length).toBeLessThanOrEqual(36);
  });

  test('gets one request when it answers nothing else either', async () => {
    const { read, readings } = await openSlow(false);
    const results = await read(calls);
    expect(results).toHaveLength(50);
    expect(kinds(results)).toEqual(new Set(['silent']));
    expect(readings().length).toBeLessThanOrEqual(4);
  });
});

describe('a group', () => {
  const listed = (result: unknown) => Object.hasOwn(result as object, 'GROUP_MEMBERS_LIST');

  test('is read by ids, without the long list of its people', async () => {
    const { portal, ids, read } = await openGroups(3);
    const results = await readGroups(ids, read);
    for (const result of results) {
      if (!result?.ok) throw new Error('it was not read');
      expect(listed(result.result)).toBe(false);
      expect(readGroup(result.result)?.members.size).toBe(10);
    }
    expect((await portal.truth()).calls[READ]).toBe(3);
  });

  test('is read with the list when its ids do not show all relations', async () => {
    const { portal, ids, read } = await openGroups(2, { absent: ['INVITED_MEMBERS'] });
    await portal.call('sonet_group.user.invite', { GROUP_ID: 1, USER_ID: [11] });
    await portal.control('relations', [{ groupId: 1, userId: 5, role: 'Z' }]);
    const [first, second] = await readGroups(ids, read);
    expect(first?.ok && readGroup(first.result)?.pending).toEqual(new Set([11, 5]));
    expect(second?.ok && readGroup(second.result)?.pending).toEqual(new Set());
    expect((await portal.truth()).calls[READ]).toBe(4);
  });

  test('that the caller cannot see is not requested twice', async () => {
    const { portal, read } = await openGroups(1, { absent: ['INVITED_MEMBERS'] });
    const [missing] = await readGroups([group(9)], read);
    expect(missing).toMatchObject({ ok: false });
    expect((await portal.truth()).requests).toBe(1);
  });

  test('for which the portal returns only the name has no known people', async () => {
    const { origin } = await startOddServer((response) => {
      json(response, 200, { result: { NAME: 'x' } });
    });
    const [named] = await readGroups([group(1)], open(`${origin}/rest/1/secret/`).read);
    expect(named?.ok && readGroup(named.result)).toBeUndefined();
  });
});
