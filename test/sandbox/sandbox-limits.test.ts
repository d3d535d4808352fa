import { expect, test } from 'vitest';
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

test('the method is allowed again when the basket has expired', async () => {
  const clock = new ManualClock();
  const { call } = await openPortal({
    seed: plainSeed({ users: 100, groups: 1 }),
    inviteSeconds: 0.02,
    operatingLimitSeconds: 0.1,
    now: clock.nowSeconds,
  });
  await call(INVITE, { GROUP_ID: 1, USER_ID: users(2, 6) });
  expect((await call(INVITE, { GROUP_ID: 1, USER_ID: [20] })).status).toBe(429);
  clock.pass(599_999);
  expect((await call(INVITE, { GROUP_ID: 1, USER_ID: [20] })).status).toBe(429);
  clock.pass(1);
  const answer = await call(INVITE, { GROUP_ID: 1, USER_ID: [20] });
  expect(answer.status).toBe(200);
  expect(answer.json.time.operating).toBe(0);
});

test('each command of a batch counts for its method, the batch itself does not count', async () => {
  const { batch } = await openPortal({
    seed: plainSeed({ users: 100, groups: 2 }),
    inviteSeconds: 0.02,
    operatingLimitSeconds: 0.2,
  });
  const answer = await batch({
    a: command(1, users(2, 6)),
    short: command(1, users(10, 2)),
    b: command(2, users(2, 6)),
    c: command(2, users(20, 1)),
  });
  const { result, time } = answer.json;
  expect(result.result_time.a?.operating).toBeCloseTo(0.12, 6);
  expect(result.result_time.short?.operating).toBeCloseTo(0.12, 6);
  expect(result.result_time.b?.operating).toBeCloseTo(0.24, 6);
  expect(result.result_error.c?.error).toBe('OPERATION_TIME_LIMIT');
  expect(time.operating).toBe(0);
  expect(time.processing).toBeCloseTo(0.28, 6);
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
