import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Budget } from '../../../src/portal/budget/budget.ts';
import { INVITE } from '../../../src/portal/methods/invite.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { openBudget } from '../open-client.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

async function reserve(budget: Budget, pairs: number) {
  const id = randomUUID();
  const request = { id, method: INVITE, pairs, pending: 100_000 };
  return { id, ...(await budget.reserve({ ...request, maxWaitMs: 0, lifetimeMs: 70_000 })) };
}

const settle = (
  budget: Budget,
  id: string,
  ...[seconds, pairs, invited, operating]: [number, number, number, number?]
) =>
  budget.settle(id, {
    ...{ method: INVITE, pairs, invited },
    times: [{ finish: 1_000 + (operating ?? 0), seconds, operating }],
  });

test('the cost is learned from few invitations until a request has many', async () => {
  const clock = new ManualClock();
  const budget = openBudget(server.redis, {}, clock.now);
  const costAfter = async (seconds: number, invited: number) => {
    const { id } = await reserve(budget, 20);
    await settle(budget, id, seconds, 20, invited);
    return (await budget.readView(INVITE, 1)).costSeconds;
  };
  expect(await costAfter(0.1, 0)).toBeUndefined();
  expect(await costAfter(0.4, 2)).toBeCloseTo(0.2);
  expect(await costAfter(2, 20)).toBeCloseTo(0.1);
  expect(await costAfter(0.4, 2)).toBeCloseTo(0.1);
});

test('a request waits for others in flight that have reserved too much, not for the window', async () => {
  const clock = new ManualClock();
  const concurrency = 20;
  const budget = openBudget(
    server.redis,
    { operatingLimitSeconds: 100, concurrency, burst: 100 },
    clock.now,
  );
  for (let used = 0; used < 80; used += 10) {
    const { id } = await reserve(budget, 10);
    await settle(budget, id, 10, 10, 10, used + 10);
  }
  // 80 seconds are used; requests in flight reserve the rest before the slots are taken.
  const inFlight: Awaited<ReturnType<typeof reserve>>[] = [];
  do inFlight.push(await reserve(budget, 10));
  while (inFlight.at(-1)?.granted && inFlight.length < concurrency);
  expect(inFlight.length).toBeLessThan(concurrency);
  expect(inFlight.at(-1)).toMatchObject({ granted: false, why: 'others' });
});

test('refusals show what other clients take, and their absence that they take nothing', async () => {
  const clock = new ManualClock();
  const limits = { requestsPerSecond: 2, burst: 10 };
  const budget = openBudget(server.redis, limits, clock.now);
  const othersPerSecond = async () => (await budget.readView(INVITE, 1)).othersPerSecond;
  /** We get one place per second, and the portal refuses once in a while. */
  const send = async (seconds: number, perSecond: number) => {
    for (let at = 0; at < seconds * perSecond; at++) {
      clock.pass(1_000 / perSecond);
      await budget.take(Number.POSITIVE_INFINITY);
    }
  };
  await budget.fillBucket();
  expect(await othersPerSecond()).toBe(0);
  await send(10, 1);
  await budget.fillBucket();
  expect(await othersPerSecond()).toBeCloseTo(1.1, 1);
  // Repeats are refused as well while the bucket is full.
  await budget.fillBucket();
  await send(20, 2);
  expect(await othersPerSecond()).toBe(0);
});

test.each([
  { billed: 'only the batch', commands: 0, batch: 3, share: 0.5 },
  { billed: 'only the commands', commands: 6, batch: 0, share: 1 },
  { billed: 'both', commands: 6, batch: 3, share: 1 },
])('the first batch shows who is billed: $billed', async ({ commands, batch, share }) => {
  const clock = new ManualClock();
  const budget = openBudget(server.redis, {}, clock.now);
  const { id } = await reserve(budget, 20);
  const time = { finish: 1_000, seconds: 3 };
  await budget.settle(id, {
    ...{ method: INVITE, pairs: 40, invited: 40 },
    times: [
      { ...time, operating: commands / 2 },
      { ...time, operating: commands },
    ],
    batch: { ...time, seconds: 6, operating: batch },
  });
  expect(await budget.readView(INVITE, 1_000)).toMatchObject({ operatingShare: share });
});

test('cost, size and slots of one method say nothing about another', async () => {
  const clock = new ManualClock();
  const budget = openBudget(server.redis, { concurrency: 4, burst: 100 }, clock.now);
  const other = 'socialnetwork.api.usertogroup.cancelInvite';
  const ask = async (method: string) => {
    const request = { id: randomUUID(), method, pairs: 1_000, pending: 100_000 };
    const granted = await budget.reserve({ ...request, maxWaitMs: 0, lifetimeMs: 70_000 });
    return { id: request.id, ...granted };
  };
  const answer = (method: string, id: string, seconds: number, pairs: number) =>
    budget.settle(id, {
      method,
      pairs,
      invited: pairs,
      times: [{ finish: 1_000, seconds, operating: undefined }],
    });
  for (let request = 0; request < 3; request++) {
    const { id, ...granted } = await ask(INVITE);
    await answer(INVITE, id, 0.01, granted.granted ? granted.pairs : 0);
  }
  // The first request of another method is small and goes alone, as the first of all was, beside invitations.
  const invitation = await ask(INVITE);
  const first = await ask(other);
  expect(invitation).toMatchObject({ granted: true, pairs: 1_000 });
  expect(first).toMatchObject({ granted: true, pairs: 5 });
  expect(await ask(other)).toMatchObject({ granted: false, why: 'others' });
  await answer(other, first.id, 20, 5);
  expect((await budget.readView(other, 1)).costSeconds).toBeCloseTo(4);
  expect((await budget.readView(INVITE, 1)).costSeconds).toBeLessThan(0.1);
  // However crowded another method is, invitations keep their slots.
  expect(await ask(INVITE)).toMatchObject({ granted: true, pairs: 1_000 });
});
