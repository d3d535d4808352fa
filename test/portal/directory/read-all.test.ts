import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReadOptions, readAll } from '../../../src/portal/directory/read-all.ts';
import type { Call } from '../../../src/portal/http/batch.ts';
import { SCOPE } from '../../../src/portal/methods/scopes.ts';
import { readUsers, usersCall } from '../../../src/portal/methods/users.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPortal } from '../../sandbox/raw-client.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { deadOrigin, startOddServer } from '../faulty-server.ts';
import { openBudget, openClient } from '../open-client.ts';
import { user } from '../portal-ids.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

/** A portal with this many people, and a call for each. */
async function openCrowd(
  people: number,
  options: Partial<SandboxOptions> = {},
  timeoutMs = 90_000,
) {
  const portal = await openPortal({ seed: plainSeed({ users: people, groups: 0 }), ...options });
  const client = openClient(portal.sandbox.webhookUrl, openBudget(server.redis), { timeoutMs });
  const ids = Array.from({ length: people }, (_, index) => index + 1);
  const calls = ids.map((id) => usersCall([user(id)]));
  return { portal, client, calls, ids };
}

/** Hardly pauses at all. */
const HASTY: ReadOptions = { pauseMs: () => 1 };

const idsOf = (results: Awaited<ReturnType<typeof readAll>>) =>
  results.map((result) => (result.ok ? [...(readUsers(result.result) ?? [])][0] : undefined));

describe('calls', () => {
  test('go fifty to a request and return results in their order', async () => {
    const { portal, client, calls, ids } = await openCrowd(120);
    expect(idsOf(await readAll(client, calls))).toEqual(ids);
    expect(await portal.truth()).toMatchObject({ requests: 3, calls: { 'user.get': 120 } });
  });

  test('that refer to results of a batch go alone and keep their places', async () => {
    const { portal, client, calls } = await openCrowd(4);
    const mailbox = '$result[c0][0][ID]';
    const odd: Call = {
      method: 'user.get',
      parameters: { FILTER: { '!EMAIL': [mailbox], ID: 5 } },
    };
    const all = [...calls.slice(0, 2), odd, ...calls.slice(2)];
    expect(idsOf(await readAll(client, all))).toEqual([1, 2, 5, 3, 4]);
    expect(await portal.truth()).toMatchObject({ requests: 2, calls: { batch: 1 } });
  });

  test('can be none', async () => {
    const { portal, client } = await openCrowd(1);
    expect(await readAll(client, [])).toEqual([]);
    expect((await portal.truth()).requests).toBe(0);
  });

  test.each([
    [undefined, 4],
    [2, 2],
    [1, 1],
  ])('are in flight at once up to the concurrency %s', async (concurrency, most) => {
    const { portal, client, calls, ids } = await openCrowd(400);
    await portal.control('faults', [{ kind: 'gate' }]);
    const results = readAll(client, calls, { concurrency });
    for (let left = 8; left > 0; left -= 1) {
      await portal.until(({ atGate }) => atGate === Math.min(most, left));
      await portal.control('gate/open', { requests: 1 });
    }
    expect(idsOf(await results)).toEqual(ids);
    expect(await portal.truth()).toMatchObject({ requests: 8, maxConcurrent: most });
  });

  test('return the start of the next page of a list, directly and in a batch', async () => {
    const { client } = await openCrowd(120);
    const page = (start: number): Call => ({ method: 'user.get', parameters: { start } });
    const direct = await readAll(client, [page(0)]);
    expect(direct).toMatchObject([{ ok: true, next: 50 }]);
    const batched = await readAll(client, [page(50), page(100)]);
    expect(batched).toMatchObject([{ next: 100 }, { next: undefined }]);
  });
});

describe('reading repeats what fails temporarily:', () => {
  test.each<[string, Fault]>([
    ['a gateway’s page', { kind: 'html_503', times: 5 }],
    ['a connection that breaks before', { kind: 'drop_before', times: 2 }],
    ['a connection that breaks after', { kind: 'drop_after', times: 2 }],
    ['an answer that breaks off', { kind: 'cut_answer', times: 2 }],
    ['an error of the server', { kind: 'error_500', times: 2 }],
    ['a full bucket', { kind: 'rate_limit', times: 5 }],
    ['a method without seconds', { kind: 'operating_limit', times: 1 }],
    ['a failed command', { kind: 'command_error', times: 2 }],
  ])('%s', async (_, fault) => {
    const { portal, client, calls, ids } = await openCrowd(60);
    await portal.control('faults', [fault]);
    expect(idsOf(await readAll(client, calls, HASTY))).toEqual(ids);
    expect((await portal.truth()).faults).toEqual({ [fault.kind]: fault.times });
  });

  test('also a single call', async () => {
    const { portal, client, calls } = await openCrowd(1);
    await portal.control('faults', [{ kind: 'error_500', times: 1 }]);
    expect(idsOf(await readAll(client, calls, HASTY))).toEqual([1]);
  });

  test('a method that the portal has blocked not before it is open again', async () => {
    const { portal, client, calls } = await openCrowd(1);
    await portal.control('faults', [{ kind: 'operating_limit', times: 1 }]);
    const options = { ...HASTY, signal: AbortSignal.timeout(200) };
    await expect(readAll(client, calls, options)).rejects.toThrow();
    expect((await portal.truth()).requests).toBe(1);
  });

  test('only the failed commands of a batch', async () => {
    const { portal, client, calls, ids } = await openCrowd(50);
    await portal.control('faults', [{ kind: 'command_error', times: 1 }]);
    expect(idsOf(await readAll(client, calls, HASTY))).toEqual(ids);
    expect(await portal.truth()).toMatchObject({ requests: 2, calls: { 'user.get': 50 } });
  });

  test('in halves when a request takes too long', async () => {
    const { portal, client, calls, ids } = await openCrowd(8, { readSeconds: 0.06 }, 400);
    expect(idsOf(await readAll(client, calls, HASTY))).toEqual(ids);
    expect((await portal.truth()).requests).toBeGreaterThanOrEqual(3);
  });

  test('a method until its seconds are free, and reports why', async () => {
    const clock = new ManualClock();
    const { portal, client, calls, ids } = await openCrowd(6, {
      readSeconds: 0.02,
      operatingFloorSeconds: 0,
      operatingLimitSeconds: 0.05,
      now: clock.nowSeconds,
    });
    const reported: string[] = [];
    const onWait = (why: string) => reported.push(why);
    const pauseMs = () => {
      clock.pass(600_000);
      return 1;
    };
    expect(idsOf(await readAll(client, calls, { onWait, pauseMs }))).toEqual(ids);
    expect(reported[0]).toContain('server time');
    expect(new Set(reported).size).toBe(1);
    expect((await portal.truth()).calls['user.get']).toBe(6);
  });
});

describe('a call that fails by itself', () => {
  const nowhere: Call = { method: 'sonet_group.user.get', parameters: { ID: 999 } };

  test.each([
    ['alone', 0],
    ['among others', 3],
  ])('%s is a result', async (_, others) => {
    const { client, calls } = await openCrowd(3);
    const results = await readAll(client, [...calls.slice(0, others), nowhere]);
    expect(results.at(-1)).toMatchObject({ ok: false, failure: { kind: 'refused', code: '' } });
    expect(results.filter(({ ok }) => ok)).toHaveLength(others);
  });

  test.each([
    ['that the webhook may not call', 'user.get', 'insufficient_scope'],
    ['that the portal does not have', 'no.such.method', 'ERROR_METHOD_NOT_FOUND'],
  ])('for a method %s is a result, alone and among others', async (_, method, code) => {
    const { client } = await openCrowd(3, { scopes: [] });
    const call: Call = { method, parameters: {} };
    const scope: Call = { method: SCOPE, parameters: {} };
    const failure = { ok: false, failure: { kind: 'held', code } };
    expect(await readAll(client, [call])).toMatchObject([failure]);
    expect(await readAll(client, [scope, call])).toMatchObject([{ ok: true }, failure]);
  });
});

describe('reading ends with a Problem', () => {
  test.each<[string, Fault, RegExp, RegExp]>([
    ['the webhook is revoked', { kind: 'auth' }, /refuses the webhook/, /create an inbound/],
    ['the portal is blocked', { kind: 'overload' }, /refuses the webhook/, /only Bitrix24 support/],
  ])('when %s', async (_, fault, what, remedy) => {
    const { portal, client, calls } = await openCrowd(600);
    await portal.control('faults', [fault]);
    const problem = await readAll(client, calls).catch((error) => error);
    expect(problem).toMatchObject({ name: 'Problem', message: expect.stringMatching(what) });
    expect(problem.remedy).toMatch(remedy);
    expect((await portal.truth()).requests).toBeLessThanOrEqual(4);
  });

  test('when nothing listens on the port', async () => {
    const url = `${await deadOrigin()}/rest/1/code/`;
    const client = openClient(url, openBudget(server.redis), { timeoutMs: 500 });
    const problem = await readAll(client, [usersCall([user(1)])]).catch((error) => error);
    expect(problem.message).toContain('cannot be reached');
    expect(problem.remedy).toContain('check the network');
  });

  test.each<[Fault, string]>([
    [{ kind: 'operating_limit' }, 'rate-limiting requests for too long'],
    [{ kind: 'rate_limit' }, 'rate-limiting requests for too long'],
    [{ kind: 'error_500' }, 'does not answer like Bitrix24'],
  ])('when the wait for %j ends', async (fault, what) => {
    const { portal, client, calls } = await openCrowd(2, {}, 300);
    await portal.control('faults', [fault]);
    const problem = await readAll(client, calls, { maxWaitMs: 100 }).catch((error) => error);
    expect(problem).toMatchObject({ name: 'Problem', message: expect.stringContaining(what) });
  });
});

test('reading ends with the reason of a signal, in flight and while it waits', async () => {
  const leave = new AbortController();
  const { origin } = await startOddServer(() => leave.abort(new Error('enough')));
  const client = openClient(`${origin}/rest/1/code/`, openBudget(server.redis));
  const call = usersCall([user(1)]);
  await expect(readAll(client, [call], { signal: leave.signal })).rejects.toThrow('enough');

  const crowd = await openCrowd(2);
  await crowd.portal.control('faults', [{ kind: 'operating_limit' }]);
  const givingUp = new AbortController();
  const onWait = () => givingUp.abort(new Error('no longer'));
  const read = readAll(crowd.client, crowd.calls, { signal: givingUp.signal, onWait });
  await expect(read).rejects.toThrow('no longer');
});

test('where only the batch is billed, reads wait for its server seconds', async () => {
  const operating = { operatingLimitSeconds: 0.5, operatingWindowSeconds: 2 };
  const portal = await openPortal({
    ...{ seed: plainSeed({ users: 800, groups: 0 }), readSeconds: 0.003 },
    ...{ billing: 'outer', operatingFloorSeconds: 0.01, ...operating },
  });
  const client = openClient(portal.sandbox.webhookUrl, openBudget(server.redis, operating));
  const calls = Array.from({ length: 800 }, (_, at) => usersCall([user(at + 1)]));
  const waits: string[] = [];
  const results = await readAll(client, calls, { onWait: (_, reason) => waits.push(reason) });
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(waits).toContain('operating');
});
