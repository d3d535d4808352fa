import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Budget } from '../../src/portal/budget/budget.ts';
import type { Place } from '../../src/portal/budget/grant.ts';
import type { BucketLimits } from '../../src/portal/budget/limits.ts';
import { PortalClient } from '../../src/portal/client.ts';
import { Webhook } from '../../src/portal/webhook.ts';
import { openPortal } from '../sandbox/raw-client.ts';
import { runs } from '../support/properties.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { openBudget, takeFreePlaces, UNLIMITED } from './open-client.ts';

/** So slow that nothing leaks while a test runs. */
const STILL: BucketLimits = { requestsPerSecond: 0.001, burst: 10 };
const STILL_INTERVAL_MS = 1_000_000;

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

/** Takes places, each at the end of the queue; @returns them with how long that took at most. */
async function takePlaces(count: number, ...budgets: Budget[]) {
  const startedAt = performance.now();
  const places = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      budgets[index % budgets.length]?.take(Number.POSITIVE_INFINITY),
    ),
  );
  // Redis tells whole milliseconds, rounded up, and has a clock of its own.
  const elapsedMs = performance.now() - startedAt + 2;
  return { places: places.filter((place) => place !== undefined), elapsedMs };
}

/** Expects that the place comes so long after the start, less what has passed since then. */
function expectWait(place: Place | undefined, ms: number, elapsedMs: number): void {
  expect(place?.taken).toBe(true);
  expect(place?.waitMs).toBeLessThanOrEqual(Math.ceil(ms));
  expect(place?.waitMs).toBeGreaterThanOrEqual(Math.max(0, Math.floor(ms - elapsedMs)));
}

describe('a budget', () => {
  test('gives the burst at once, less one place of safety, and then exactly the rate', async () => {
    const budget = openBudget(server.redis, { requestsPerSecond: 2, burst: 50 });
    const { places, elapsedMs } = await takePlaces(80, budget);
    for (const [index, place] of places.entries()) {
      expectWait(place, Math.max(0, index - 48) * 500, elapsedMs);
    }
  });

  test('does so for whatever limits a plan has', async () => {
    const limits = fc.record({
      burst: fc.integer({ min: 1, max: 60 }),
      requestsPerSecond: fc.double({ min: 0.01, max: 50, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(limits, async ({ burst, requestsPerSecond }) => {
        const budget = openBudget(server.redis, { burst, requestsPerSecond });
        const atOnce = Math.max(1, burst - 1);
        const { places, elapsedMs } = await takePlaces(atOnce + 10, budget);
        for (const [index, place] of places.entries()) {
          const ms = (Math.max(0, index + 1 - atOnce) / requestsPerSecond) * 1_000;
          expectWait(place, ms + 0.01, elapsedMs);
        }
      }),
      { numRuns: runs(8) },
    );
  });

  test('goes on when Redis has forgotten the script', async () => {
    const budget = openBudget(server.redis, { ...STILL, burst: 3 });
    await takePlaces(1, budget);
    await server.redis.script('FLUSH');
    const { places } = await takePlaces(2, budget);
    expect(places.map(({ waitMs }) => waitMs)).toEqual([0, expect.any(Number)]);
    expect(places[1]?.waitMs).toBeGreaterThan(STILL_INTERVAL_MS * 0.99);
  });

  test('gives each place once, in the order of asking', async () => {
    const budget = openBudget(server.redis, { requestsPerSecond: 0.1, burst: 3 });
    const { places } = await takePlaces(20, budget);
    const waits = places.map(({ waitMs }) => waitMs);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits.slice(1)).size).toBe(19);
  });

  test('fills again at the rate', async () => {
    const budget = openBudget(server.redis, { requestsPerSecond: 20, burst: 5 });
    const { places } = await takePlaces(4, budget);
    expect(places.every(({ waitMs }) => waitMs === 0)).toBe(true);
    // A place is free when the wait that was told is over, not before.
    const askedAt = performance.now();
    const { waitMs } = await budget.take(0);
    let place = await budget.take(0);
    while (!place.taken) place = await budget.take(0);
    expect(performance.now() - askedAt).toBeGreaterThan(waitMs - 10);
  });

  test('saves nothing up beyond its burst while nobody asks', async () => {
    await server.redis.flushall();
    const budget = openBudget(server.redis, STILL);
    await takePlaces(3, budget);
    const [key = ''] = await server.redis.keys('*');
    // As if the last place had been taken a year ago.
    await server.redis.hincrbyfloat(key, 'at', -365 * 24 * 3_600_000);
    expect(await takeFreePlaces(budget)).toBe(9);
  });

  test('takes nothing from those who do not want to wait so long', async () => {
    const budget = openBudget(server.redis, STILL);
    expect(await takeFreePlaces(budget)).toBe(9);
    for (const patienceMs of [0, 1, STILL_INTERVAL_MS / 2]) {
      const place = await budget.take(patienceMs);
      expect(place.taken).toBe(false);
      expect(place.waitMs).toBeGreaterThan(STILL_INTERVAL_MS * 0.9);
      expect(place.waitMs).toBeLessThanOrEqual(STILL_INTERVAL_MS);
    }
    const { places, elapsedMs } = await takePlaces(2, budget);
    expectWait(places[0], STILL_INTERVAL_MS, elapsedMs + 5_000);
    expectWait(places[1], STILL_INTERVAL_MS * 2, elapsedMs + 5_000);
  });

  test('gives a place to those whose patience just lasts', async () => {
    const budget = openBudget(server.redis, STILL);
    await takeFreePlaces(budget);
    expect(await budget.take(STILL_INTERVAL_MS)).toMatchObject({ taken: true });
    expect(await budget.take(STILL_INTERVAL_MS)).toMatchObject({ taken: false });
    expect(await budget.take(STILL_INTERVAL_MS * 2)).toMatchObject({ taken: true });
  });

  test('drained has no place for anybody, and fills again from there', async () => {
    const budget = openBudget(server.redis, STILL);
    await budget.drain();
    expect(await takeFreePlaces(budget)).toBe(0);
    const { places, elapsedMs } = await takePlaces(2, budget);
    expectWait(places[0], STILL_INTERVAL_MS, elapsedMs + 5_000);
    expectWait(places[1], STILL_INTERVAL_MS * 2, elapsedMs + 5_000);
  });

  test('drained while people queue makes nobody wait twice', async () => {
    const budget = openBudget(server.redis, STILL);
    await takePlaces(12, budget);
    await budget.drain();
    const { places, elapsedMs } = await takePlaces(1, budget);
    expectWait(places[0], STILL_INTERVAL_MS * 4, elapsedMs + 5_000);
  });

  test('is one for all machines that share a Redis', async () => {
    const limits = { requestsPerSecond: 0.1, burst: 8 };
    const here = new Budget(server.redis, 'shared.example', { ...UNLIMITED, ...limits });
    const there = new Budget(await server.connect(), 'shared.example', { ...UNLIMITED, ...limits });
    const { places, elapsedMs } = await takePlaces(20, here, there);
    const waits = places.map(({ waitMs }) => waitMs).sort((a, b) => a - b);
    for (const [index, waitMs] of waits.entries()) {
      expectWait({ taken: true, waitMs }, Math.max(0, index - 6) * 10_000, elapsedMs);
    }
    expect(await takeFreePlaces(there)).toBe(0);
    await server.redis.del('bulk-invite:budget:shared.example');
    await there.drain();
    expect(await takeFreePlaces(here)).toBe(0);
  });

  test('is another one for another portal', async () => {
    const [one, other] = [openBudget(server.redis, STILL), openBudget(server.redis, STILL)];
    await one.drain();
    expect(await takeFreePlaces(other)).toBe(9);
  });

  test('has its burst anew when Redis has lost everything', async () => {
    const budget = openBudget(server.redis, STILL);
    await takePlaces(15, budget);
    await server.redis.flushall();
    expect(await takeFreePlaces(budget)).toBe(9);
  });

  test('is forgotten an hour after its limits have passed, and not before', async () => {
    await server.redis.flushall();
    const limits = { requestsPerSecond: 2, burst: 10, operatingWindowSeconds: 600 };
    await takePlaces(20, openBudget(server.redis, limits));
    const [key = ''] = await server.redis.keys('*');
    const leftMs = await server.redis.pttl(key);
    expect(leftMs).toBeGreaterThan((600 + 3_600) * 1_000);
    expect(leftMs).toBeLessThanOrEqual((600 + 3_600 + 10) * 1_000);
  });

  test('used to the full never lets the portal complain', async () => {
    const limits = { requestsPerSecond: 20, burst: 5 };
    const { sandbox, truth } = await openPortal(limits);
    const webhook = Webhook.parse(sandbox.webhookUrl);
    if (!(webhook instanceof Webhook)) throw new Error(webhook);
    const budget = new Budget(server.redis, webhook.portal, { ...UNLIMITED, ...limits });
    const client = new PortalClient({ webhook, budget, timeoutMs: 10_000, version: '1.0.0' });
    // One after the other: of requests in flight together, a stalled machine could bring several
    // late and at once, which no budget can help.
    for (let sent = 0; sent < 60; sent += 1) {
      const answer = await client.send('scope', {}, { repeat: 'unless_executed' });
      expect(answer.ok).toBe(true);
    }
    expect(await truth()).toMatchObject({ requests: 60, rateLimitErrors: 0 });
  });
});
