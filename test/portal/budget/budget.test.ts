import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Budget } from '../../../src/portal/budget/budget.ts';
import type { BucketLimits, BudgetLimits } from '../../../src/portal/budget/budget-limits.ts';
import { PortalClient } from '../../../src/portal/http/client.ts';
import { Webhook } from '../../../src/portal/http/webhook.ts';
import { openPortal } from '../../sandbox/raw-client.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { runs } from '../../support/vitest/properties.ts';
import { openBudget, takeFreePlaces, UNLIMITED } from '../open-client.ts';

/** A place becomes free after a thousand seconds. */
const SLOW: BucketLimits = { requestsPerSecond: 0.001, burst: 10 };
const INTERVAL_MS = 1_000_000;

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

/** A budget with a clock that only the test moves. */
function openStill(limits: Partial<BudgetLimits>) {
  const clock = new ManualClock();
  return { clock, budget: openBudget(server.redis, limits, clock.now) };
}

/** Takes places, each at the end of the queue; @returns their waits in milliseconds, in order. */
async function takePlaces(count: number, ...budgets: Budget[]): Promise<number[]> {
  const places = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      budgets[index % budgets.length]?.take(Number.POSITIVE_INFINITY),
    ),
  );
  expect(places.every((place) => place?.taken)).toBe(true);
  return places.map((place) => place?.waitMs ?? 0);
}

/** @returns the waits of `count` places: none for the first ones, then one by one at the rate */
const expectedWaits = (count: number, atOnce: number, intervalMs: number) =>
  Array.from({ length: count }, (_, index) => {
    const ms = Math.max(0, index + 1 - atOnce) * intervalMs;
    // The script rounds up to whole milliseconds.
    return expect.toSatisfy((wait: number) => wait > ms - 0.001 && wait < ms + 1.001);
  });

describe('a budget', () => {
  test('gives the burst at once, less one place of safety, and then exactly the rate', async () => {
    const { budget } = openStill({ requestsPerSecond: 2, burst: 50 });
    expect(await takePlaces(80, budget)).toEqual(expectedWaits(80, 49, 500));
  });

  test('does so for any limits of a plan', async () => {
    const limits = fc.record({
      burst: fc.integer({ min: 1, max: 60 }),
      requestsPerSecond: fc.double({ min: 0.01, max: 50, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(limits, async ({ burst, requestsPerSecond }) => {
        const { budget } = openStill({ burst, requestsPerSecond });
        const atOnce = Math.max(1, burst - 1);
        const waits = await takePlaces(atOnce + 10, budget);
        expect(waits).toEqual(expectedWaits(atOnce + 10, atOnce, 1_000 / requestsPerSecond));
      }),
      { numRuns: runs(8) },
    );
  });

  test('uses the time of Redis by default', async () => {
    const budget = openBudget(server.redis, { requestsPerSecond: 20, burst: 5 });
    expect(await takePlaces(4, budget)).toEqual([0, 0, 0, 0]);
    // A place is free when the reported wait is over, not before.
    const readAt = performance.now();
    const { waitMs } = await budget.take(0);
    let place = await budget.take(0);
    while (!place.taken) place = await budget.take(0);
    expect(performance.now() - readAt).toBeGreaterThan(waitMs - 10);
  });

  test('works after Redis has dropped the script', async () => {
    const { budget } = openStill({ ...SLOW, burst: 3 });
    await takePlaces(1, budget);
    await server.redis.script('FLUSH');
    expect(await takePlaces(2, budget)).toEqual([0, INTERVAL_MS]);
  });

  test('gives each place once, in the order of the calls', async () => {
    const { budget } = openStill({ requestsPerSecond: 0.1, burst: 3 });
    const waits = await takePlaces(20, budget);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits.slice(1)).size).toBe(19);
  });

  test('fills again at the rate', async () => {
    const { budget, clock } = openStill(SLOW);
    expect(await takeFreePlaces(budget)).toBe(9);
    clock.pass(INTERVAL_MS - 1);
    expect(await budget.take(0)).toEqual({ taken: false, waitMs: 1 });
    clock.pass(1);
    expect(await budget.take(0)).toEqual({ taken: true, waitMs: 0 });
    clock.pass(3 * INTERVAL_MS);
    expect(await takeFreePlaces(budget)).toBe(3);
  });

  test('holds no more than its burst after a pause', async () => {
    const { budget, clock } = openStill(SLOW);
    await takePlaces(3, budget);
    clock.pass(365 * 24 * 3_600_000);
    expect(await takeFreePlaces(budget)).toBe(9);
  });

  test('gives no place that comes after the longest wait', async () => {
    const { budget } = openStill(SLOW);
    expect(await takeFreePlaces(budget)).toBe(9);
    for (const maxWaitMs of [0, 1, INTERVAL_MS / 2]) {
      expect(await budget.take(maxWaitMs)).toEqual({ taken: false, waitMs: INTERVAL_MS });
    }
    expect(await takePlaces(2, budget)).toEqual([INTERVAL_MS, 2 * INTERVAL_MS]);
  });

  test('gives a place that comes exactly at the end of the longest wait', async () => {
    const { budget } = openStill(SLOW);
    await takeFreePlaces(budget);
    expect(await budget.take(INTERVAL_MS)).toMatchObject({ taken: true });
    expect(await budget.take(INTERVAL_MS)).toMatchObject({ taken: false });
    expect(await budget.take(INTERVAL_MS * 2)).toMatchObject({ taken: true });
  });

  test('has no place after it is drained, and fills again from there', async () => {
    const { budget } = openStill(SLOW);
    await budget.fillBucket();
    expect(await takeFreePlaces(budget)).toBe(0);
    expect(await takePlaces(2, budget)).toEqual([INTERVAL_MS, 2 * INTERVAL_MS]);
  });

  test('makes no caller wait twice when it is drained with a queue', async () => {
    const { budget } = openStill(SLOW);
    await takePlaces(12, budget);
    await budget.fillBucket();
    expect(await takePlaces(1, budget)).toEqual([4 * INTERVAL_MS]);
  });

  test('is the same for all machines that share a Redis', async () => {
    const limits = { ...UNLIMITED, requestsPerSecond: 0.1, burst: 8 };
    const { now } = new ManualClock();
    const here = new Budget(server.redis, 'shared.example', limits, now);
    const there = new Budget(await server.connect(), 'shared.example', limits, now);
    const waits = await takePlaces(20, here, there);
    expect(waits.sort((a, b) => a - b)).toEqual(expectedWaits(20, 7, 10_000));
    expect(await takeFreePlaces(there)).toBe(0);
    await server.redis.del('bulk-invite:budget:shared.example');
    await there.fillBucket();
    expect(await takeFreePlaces(here)).toBe(0);
  });

  test('is separate for each portal', async () => {
    const [one, other] = [openStill(SLOW), openStill(SLOW)];
    await one.budget.fillBucket();
    expect(await takeFreePlaces(other.budget)).toBe(9);
  });

  test('has its full burst after Redis has lost everything', async () => {
    const { budget } = openStill(SLOW);
    await takePlaces(15, budget);
    await server.redis.flushall();
    expect(await takeFreePlaces(budget)).toBe(9);
  });

  test('expires an hour after its limits have passed, and not before', async () => {
    await server.redis.flushall();
    const limits = { requestsPerSecond: 2, burst: 10, operatingWindowSeconds: 600 };
    await takePlaces(20, openStill(limits).budget);
    const [key = ''] = await server.redis.keys('*');
    const leftMs = await server.redis.pttl(key);
    expect(leftMs).toBeGreaterThan((600 + 3_600) * 1_000);
    expect(leftMs).toBeLessThanOrEqual((600 + 3_600 + 10) * 1_000);
  });

  test('never exceeds the portal’s limit when it is fully used', async () => {
    const limits = { requestsPerSecond: 100, burst: 5 };
    const { sandbox, truth } = await openPortal(limits);
    const webhook = Webhook.parse(sandbox.webhookUrl);
    if (!(webhook instanceof Webhook)) throw new Error(webhook);
    const budget = new Budget(server.redis, webhook.portal, { ...UNLIMITED, ...limits });
    const client = new PortalClient({ webhook, budget, timeoutMs: 90_000, version: '1.0.0' });
    // One after the other: a stalled machine could deliver several requests in flight late and at
    // once, which no budget can prevent.
    for (let sent = 0; sent < 60; sent += 1) {
      const answer = await client.send('scope', {}, { repeat: 'unless_executed' });
      expect(answer.ok).toBe(true);
    }
    expect(await truth()).toMatchObject({ requests: 60, rateLimitErrors: 0 });
  });
});
