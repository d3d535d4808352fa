import { describe, expect, test } from 'vitest';
import { completeOptions, type Limits } from '../../src/sandbox/sandbox-options.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { openPortal } from './raw-client.ts';

const INVITE = 'sonet_group.user.invite';
const users = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);
const command = (groupId: number, ids: readonly number[]): string =>
  `${INVITE}?GROUP_ID=${groupId}&${ids.map((id) => `USER_ID[]=${id}`).join('&')}`;

test('a request above the bucket is refused, whatever its method; a batch counts as one', async () => {
  const { call, batch, send, truth } = await openPortal({ burst: 3, requestsPerSecond: 0.001 });
  const ten = Object.fromEntries(users(0, 10).map((index) => [`c${index}`, 'scope']));
  expect((await batch(ten)).status).toBe(200);
  expect((await call('scope')).status).toBe(200);
  expect((await send('/rest/1/wrong/scope')).status).toBe(401);
  const refused = await call('scope');
  expect(refused.status).toBe(503);
  expect(refused.json).toEqual({
    error: 'QUERY_LIMIT_EXCEEDED',
    error_description: 'Too many requests',
  });
  expect(await truth()).toMatchObject({ requests: 4, rateLimitErrors: 1 });
});

test.each([
  ['ru_basic', 50, 2],
  ['com_ent250', 250, 5],
])('the plan %s has a bucket of %d', async (license, burst, requestsPerSecond) => {
  const { control } = await openPortal({ license });
  expect(await control('limits', {})).toMatchObject({ burst, operatingLimitSeconds: 480 });
  expect(completeOptions({ license })).toMatchObject({ burst, requestsPerSecond });
});

test('a self-hosted portal has no limits, and reports no server seconds', async () => {
  const { control, call } = await openPortal({ license: 'ru_selfhosted' });
  expect(await control('limits', {})).toMatchObject({
    ...{ requestsPerSecond: null, operatingLimitSeconds: null },
  });
  const { time } = (await call('scope')).json;
  expect(Object.keys(time)).not.toContain('operating');
  const limited = await openPortal({ license: 'ru_selfhosted', operatingLimitSeconds: 420 });
  expect((await limited.call('scope')).json.time).toMatchObject({ operating: expect.any(Number) });
});

test('the bucket leaks', async () => {
  const clock = new ManualClock();
  const limits = { burst: 1, requestsPerSecond: 10 };
  const { call } = await openPortal({ ...limits, now: clock.nowSeconds });
  expect((await call('scope')).status).toBe(200);
  clock.pass(90);
  expect((await call('scope')).status).toBe(503);
  clock.pass(20);
  expect((await call('scope')).status).toBe(200);
});

test('the call that crosses the operating limit ends, the next is refused', async () => {
  const { call, batch, truth } = await openPortal({
    seed: plainSeed({ users: 100, groups: 1 }),
    inviteSeconds: 0.02,
    operatingLimitSeconds: 0.15,
  });
  const first = await call(INVITE, { GROUP_ID: 1, USER_ID: users(2, 6) });
  expect(first.json.time.operating).toBeCloseTo(0.12, 6);
  const second = await call(INVITE, { GROUP_ID: 1, USER_ID: users(10, 6) });
  expect(second.json.time.operating).toBeCloseTo(0.24, 6);
  const third = await call(INVITE, { GROUP_ID: 1, USER_ID: users(20, 1) });
  expect(third.status).toBe(429);
  expect(third.json.error).toBe('OPERATION_TIME_LIMIT');
  const inside = await batch({ a: command(1, [30]), b: 'user.current' });
  expect(inside.status).toBe(200);
  expect(inside.json.result.result_error).toEqual({
    a: {
      error: 'OPERATION_TIME_LIMIT',
      error_description: 'Method is blocked due to operation time limit.',
    },
  });
  expect(Object.keys(inside.json.result.result)).toEqual(['b']);
  expect(await truth()).toMatchObject({ operatingErrors: 2, invitationsSent: 12 });
});

test('the method is allowed again when the last ten minutes of the clock have passed', async () => {
  const clock = new ManualClock();
  const { call } = await openPortal({
    seed: plainSeed({ users: 100, groups: 1 }),
    inviteSeconds: 0.02,
    operatingLimitSeconds: 0.1,
    now: clock.nowSeconds,
  });
  clock.pass(20_000);
  await call(INVITE, { GROUP_ID: 1, USER_ID: users(2, 6) });
  expect((await call(INVITE, { GROUP_ID: 1, USER_ID: [20] })).status).toBe(429);
  clock.pass(579_999);
  expect((await call(INVITE, { GROUP_ID: 1, USER_ID: [20] })).status).toBe(429);
  clock.pass(1);
  const answer = await call(INVITE, { GROUP_ID: 1, USER_ID: [20] });
  expect(answer.status).toBe(200);
  expect(answer.json.time.operating).toBe(0);
});

test('a newer portal blocks the method for 300 s, which its orders can change', async () => {
  const clock = new ManualClock();
  const { call, control, truth } = await openPortal({
    seed: plainSeed({ users: 100, groups: 1 }),
    inviteSeconds: 0.02,
    operatingLimitSeconds: 0.1,
    now: clock.nowSeconds,
  });
  expect(await control('limits', { operating: 'ban' })).toMatchObject({
    operating: 'ban',
    operatingBanSeconds: 300,
  });
  await call(INVITE, { GROUP_ID: 1, USER_ID: users(2, 6) });
  expect((await call(INVITE, { GROUP_ID: 1, USER_ID: [20] })).status).toBe(429);
  clock.pass(299_999);
  expect((await call(INVITE, { GROUP_ID: 1, USER_ID: [20] })).status).toBe(429);
  clock.pass(1);
  const answer = await call(INVITE, { GROUP_ID: 1, USER_ID: users(20, 6) });
  expect(answer.json.time.operating).toBeCloseTo(0.12, 6);
  expect(await truth()).toMatchObject({ operatingErrors: 2 });
});

test('without an operating limit no answer mentions one', async () => {
  const { call, batch } = await openPortal({ operatingLimitSeconds: Number.POSITIVE_INFINITY });
  expect(Object.keys((await call('scope')).json.time)).not.toContain('operating');
  const { result, time } = (await batch({ a: 'scope' })).json;
  expect(Object.keys(result.result_time.a ?? {})).not.toContain('operating_reset_at');
  expect(Object.keys(time)).not.toContain('operating');
});

describe('a batch is billed', () => {
  const three = (billing: Limits['billing']) =>
    openPortal({
      ...{ seed: plainSeed({ users: 100, groups: 2 }), inviteSeconds: 0.02, billing },
      operatingLimitSeconds: 0.13,
    });
  const commands = { a: command(1, users(2, 6)), short: command(1, users(10, 2)) };

  test('to the methods of its commands, the short ones of the same request too', async () => {
    const { batch, call } = await three('inner');
    const { result, time } = (
      await batch({ ...commands, b: command(2, users(2, 6)), c: command(2, users(20, 1)) })
    ).json;
    expect(result.result_time.a?.operating).toBeCloseTo(0.12, 6);
    expect(result.result_time.short?.operating).toBeCloseTo(0.16, 6);
    expect(result.result_error.b?.error).toBe('OPERATION_TIME_LIMIT');
    expect(time.operating).toBe(0);
    expect(time.processing).toBeCloseTo(0.16, 6);
    expect((await call(INVITE, { GROUP_ID: 1, USER_ID: [20] })).status).toBe(429);
  });

  test('to `batch` with half its time, so that the batch can be refused', async () => {
    const { batch, call, truth } = await three('outer');
    const { result, time } = (await batch({ ...commands, b: command(2, users(2, 6)) })).json;
    expect(result.result_time.b?.operating).toBe(0);
    expect(time.operating).toBeCloseTo(0.14, 6);
    const refused = await batch({ c: command(2, [20]), d: command(1, [20]) });
    expect(refused).toMatchObject({ status: 429, json: { error: 'OPERATION_TIME_LIMIT' } });
    // A single call is billed to its method.
    const single = await call(INVITE, { GROUP_ID: 2, USER_ID: users(20, 6) });
    expect(single.json.time.operating).toBeCloseTo(0.12, 6);
    expect(await truth()).toMatchObject({ operatingErrors: 1, invitationsSent: 20 });
  });

  test('to both on newer servers', async () => {
    const { batch } = await three('both');
    const { result, time } = (await batch(commands)).json;
    expect(result.result_time.short?.operating).toBeCloseTo(0.16, 6);
    expect(time.operating).toBe(0);
    const { json } = await batch({ a: 'user.current', b: command(1, [20]) });
    expect(Object.keys(json.result.result_error)).toEqual(['b']);
  });

  test('to `batch` with one figure everywhere, as seen on a self-hosted portal', async () => {
    const { batch } = await three('outer_everywhere');
    await batch({ ...commands, b: command(2, users(2, 6)) });
    const blocked = await batch({ a: 'scope', b: 'user.current' });
    expect(blocked.status).toBe(429);
    const { batch: fresh } = await three('outer_everywhere');
    await fresh(commands);
    await fresh({ a: command(2, users(2, 6)), b: command(2, users(20, 6)) });
    const { result, time } = (await fresh({ a: 'scope', b: 'user.current' })).json;
    expect(result.result_time.a?.operating).toBeCloseTo(0.12, 6);
    expect(result.result_time.b?.operating).toBeCloseTo(0.12, 6);
    expect(time.operating).toBeCloseTo(0.12, 6);
  });
});

test('a request that runs too long is cut, and its executed invitations stay', async () => {
  const { batch, truth, until } = await openPortal({
    seed: plainSeed({ users: 100, groups: 2 }),
    inviteSeconds: 0.02,
    requestLimitSeconds: 0.13,
  });
  const startedAt = Date.now();
  const answer = await batch({ a: command(1, users(2, 4)), b: command(2, users(2, 4)) });
  expect(answer).toMatchObject({ status: 504, type: 'text/html' });
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(125);
  const { notifications, cutRequests } = await truth();
  const pairs = notifications.map((sent) => [sent.groupId, sent.userId]);
  expect(pairs).toEqual([
    [1, 2],
    [1, 3],
    [1, 4],
    [1, 5],
    [2, 2],
    [2, 3],
  ]);
  expect(cutRequests).toBe(1);
  await until(({ inFlight }) => inFlight === 0);
  expect((await truth()).invitationsSent).toBe(6);
});

test('work takes longer while other requests are in flight', async () => {
  const { call, control, until } = await openPortal({
    seed: plainSeed({ users: 10, groups: 1 }),
    inviteSeconds: 0.04,
    slowdownPerConcurrent: 0.5,
  });
  await control('faults', [{ kind: 'gate', times: 2 }]);
  const both = [2, 3].map((userId) => call(INVITE, { GROUP_ID: 1, USER_ID: [userId] }));
  await until(({ atGate }) => atGate === 2);
  await control('gate/open', {});
  for (const { json } of await Promise.all(both)) expect(json.time.processing).toBeCloseTo(0.06, 6);
  const alone = await call(INVITE, { GROUP_ID: 1, USER_ID: [4] });
  expect(alone.json.time.processing).toBeCloseTo(0.04, 6);
});

test('latency is not server time', async () => {
  const { call } = await openPortal({ latencyMs: 40 });
  const startedAt = Date.now();
  const answer = await call('scope');
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(38);
  expect(answer.json.time.processing).toBe(0);
});
