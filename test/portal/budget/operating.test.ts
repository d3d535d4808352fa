import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Budget } from '../../../src/portal/budget/budget.ts';
import type { BudgetLimits } from '../../../src/portal/budget/budget-limits.ts';
import type { ReservationRequest } from '../../../src/portal/budget/reservation.ts';
import type { CallTime } from '../../../src/portal/http/call-time.ts';
import { INVITE } from '../../../src/portal/methods/invite.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { openBudget, UNLIMITED } from '../open-client.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

/** A budget with a clock that only the test moves. */
function openStill(limits: Partial<BudgetLimits> = {}) {
  const clock = new ManualClock();
  return { clock, budget: openBudget(server.redis, limits, clock.now) };
}
const open = (limits: Partial<BudgetLimits> = {}) => openStill(limits).budget;

let names = 0;
const requestFor = (some: Partial<ReservationRequest> = {}): ReservationRequest => ({
  id: `request-${names++}`,
  method: INVITE,
  pairs: 1_000,
  pending: 100_000,
  maxWaitMs: 0,
  lifetimeMs: 70_000,
  ...some,
});

const NOW = Date.now() / 1_000;
/** The time of a call of this many server seconds, which ended at `finish`. */
const time = (seconds: number, operating: number, finish = NOW): CallTime => ({
  finish,
  seconds,
  operating,
});

/** Reserves and settles a request; @returns the number of pairs it carried, 0 when it must wait. */
async function invite(budget: Budget, secondsPerPair: number, before: number, some = {}) {
  const request = requestFor(some);
  const grant = await budget.reserve(request);
  if (!grant.granted) return 0;
  const { pairs } = grant;
  const seconds = pairs * secondsPerPair;
  const times = [time(seconds, before + seconds, NOW + before + seconds)];
  await budget.settle(request.id, { method: INVITE, times, pairs, invited: pairs });
  return pairs;
}

describe('a request', () => {
  test.each([
    { secondsPerPair: 0.05, size: 300 },
    { secondsPerPair: 0.3, size: 50 },
    { secondsPerPair: 1, size: 15 },
    { secondsPerPair: 0.001, size: 1_000 },
  ])('grows from 5 pairs to 15 s of server time: $secondsPerPair s each', async (row) => {
    const budget = open({ operatingLimitSeconds: 1e6 });
    const sizes: number[] = [];
    for (let sent = 0; sent < 12; sent += 1)
      sizes.push(await invite(budget, row.secondsPerPair, 0));
    expect(sizes[0]).toBe(5);
    expect(sizes[1]).toBeLessThanOrEqual(80);
    expect(Math.abs((sizes.at(-1) ?? 0) - row.size)).toBeLessThanOrEqual(1);
    for (const [index, size] of sizes.entries()) {
      if (index > 1) expect(size).toBeLessThanOrEqual(4 * (sizes[index - 1] ?? size));
      if (index > 0) expect(size * row.secondsPerPair).toBeLessThanOrEqual(15.001);
    }
  });

  test('halves the next one when it ran long', async () => {
    const budget = open();
    expect(await invite(budget, 0.01, 0)).toBe(5);
    expect(await invite(budget, 0.01, 0.05)).toBe(80);
    const request = requestFor();
    expect(await budget.reserve(request)).toMatchObject({ pairs: 320 });
    await budget.lose(request.id, true);
    expect(await budget.reserve(requestFor())).toMatchObject({ pairs: 160 });
  });

  test('shrinks towards the end, so that all slots end together', async () => {
    const budget = open({ operatingLimitSeconds: 1e6 });
    for (let sent = 0; sent < 8; sent += 1) await invite(budget, 0.05, 0);
    expect(await budget.reserve(requestFor({ pending: 800 }))).toMatchObject({ pairs: 100 });
    expect(await budget.reserve(requestFor({ pending: 8 }))).toMatchObject({ pairs: 5 });
  });

  test('does not shrink when places for requests are short', async () => {
    const budget = open({ operatingLimitSeconds: 1e6, burst: 14, requestsPerSecond: 0.001 });
    for (let sent = 0; sent < 8; sent += 1) await invite(budget, 0.05, 0);
    expect(await budget.reserve(requestFor({ pending: 800 }))).toMatchObject({ pairs: 300 });
  });

  test('costs the time that we waited when the portal reports no times', async () => {
    const { budget, clock } = openStill();
    const request = requestFor();
    await budget.reserve(request);
    clock.pass(4_000);
    await budget.settle(request.id, { method: INVITE, times: [], pairs: 20, invited: 20 });
    expect((await budget.readView(INVITE, 1)).costSeconds).toBeCloseTo(0.2);
  });

  test('does not change the learned cost when all its people are in already', async () => {
    const budget = open();
    const request = requestFor();
    await budget.reserve(request);
    const times = [time(0.001, 0)];
    await budget.settle(request.id, { method: INVITE, times, pairs: 20, invited: 0 });
    expect(await budget.reserve(requestFor())).toMatchObject({ pairs: 20 });
  });
});

describe('workers with another concurrency than ours', () => {
  test('have to wait, and never for a negative time', async () => {
    const clock = new ManualClock();
    const budgetOf = (concurrency: number) =>
      new Budget(server.redis, 'mixed.example', { ...UNLIMITED, concurrency }, clock.now);
    const [large, small] = [budgetOf(4), budgetOf(1)];
    expect(await large.reserve(requestFor())).toMatchObject({ granted: true });
    const early = await small.reserve(requestFor());
    expect(early).toMatchObject({ granted: false, why: 'others' });
    expect(early.waitMs).toBeGreaterThan(0);
    // The first request is no longer waited for once it has been in flight for half a second.
    clock.pass(early.waitMs);
    expect(await large.reserve(requestFor())).toMatchObject({ granted: true });
    clock.pass(1_000);
    expect((await small.reserve(requestFor())).waitMs).toBeGreaterThan(60_000);
  });
});

describe('the server seconds of a method', () => {
  test('are never reserved beyond the limit', async () => {
    const budget = open({ operatingLimitSeconds: 48, operatingWindowSeconds: 60 });
    let used = 0;
    for (;;) {
      const pairs = await invite(budget, 0.5, used);
      if (pairs === 0) break;
      used += pairs * 0.5;
    }
    expect(used).toBeLessThanOrEqual(48);
    expect(used).toBeGreaterThan(48 - 6);
    const refused = await budget.reserve(requestFor());
    expect(refused).toMatchObject({ granted: false, why: 'operating' });
    expect(refused.waitMs).toBeGreaterThan(30_000);
    expect(refused.waitMs).toBeLessThanOrEqual(60_000);
  });

  test('are spent to the last by requests that shrink, so that all slots end together', async () => {
    const budget = open({ operatingLimitSeconds: 240, concurrency: 4 });
    const sizes: number[] = [];
    let used = 0;
    for (let last = 1; last > 0; used += last * 0.05) {
      last = await invite(budget, 0.05, used);
      if (last > 0) sizes.push(last);
    }
    expect(Math.max(...sizes)).toBe(300);
    const shrinking = sizes.slice(sizes.lastIndexOf(300));
    expect(shrinking).toEqual(shrinking.toSorted((one, other) => other - one));
    expect(shrinking.length).toBeGreaterThan(10);
    expect(sizes.at(-1)).toBeLessThanOrEqual(10);
  });

  test('become free when their basket expires', async () => {
    const { budget, clock } = openStill({ operatingLimitSeconds: 8, operatingWindowSeconds: 10 });
    let used = 0;
    let last = 1;
    while (last > 0) {
      last = await invite(budget, 0.25, used);
      used += last * 0.25;
    }
    const { waitMs } = await budget.reserve(requestFor());
    clock.pass(waitMs - 1);
    expect(await budget.reserve(requestFor())).toMatchObject({ granted: false, waitMs: 1 });
    clock.pass(1);
    expect(await budget.reserve(requestFor())).toMatchObject({ granted: true });
  });

  test('follow the portal’s figure when others use them', async () => {
    const budget = open();
    await invite(budget, 0.1, 0);
    const request = requestFor();
    await budget.reserve(request);
    const times = [time(1, 479.95, NOW + 100)];
    await budget.settle(request.id, { method: INVITE, times, pairs: 10, invited: 10 });
    expect(await budget.reserve(requestFor())).toMatchObject({ granted: false, why: 'operating' });
  });

  test('follow the portal’s figure when it is lower than ours', async () => {
    const budget = open({ operatingLimitSeconds: 30 });
    for (let sent = 0; sent < 12; sent += 1) {
      const request = requestFor({ pairs: 10 });
      expect(await budget.reserve(request)).toMatchObject({ granted: true });
      const times = [time(5, 0, NOW + sent)];
      await budget.settle(request.id, { method: INVITE, times, pairs: 10, invited: 10 });
    }
  });

  test('do not count a basket again that expired while a request was on its way', async () => {
    const { budget, clock } = openStill();
    const finish = Math.ceil(NOW / 60) * 60 + 59;
    const settle = async (id: string, seconds: number, operating: number, at: number) => {
      const times = [time(seconds, operating, at)];
      await budget.settle(id, { method: INVITE, times, pairs: 5, invited: 5 });
    };
    const five = () => requestFor({ pairs: 5 });
    const [first, before, after] = [five(), five(), five()] as const;
    await budget.reserve(first);
    await settle(first.id, 50, 50, finish);
    // The basket of the first request ends after 541 seconds, by the portal's clock.
    clock.pass(540_950);
    await budget.reserve(before);
    await budget.reserve(after);
    clock.pass(150);
    await settle(after.id, 0.2, 0.2, finish + 541.1);
    await settle(before.id, 0.3, 50.3, finish + 541.1);
    clock.pass(2_000);
    expect((await budget.readView(INVITE, 100)).usedSeconds).toBeLessThan(1);
  });

  test('do not follow the figure of an older answer', async () => {
    const budget = open({ operatingLimitSeconds: 30 });
    const late = requestFor({ pairs: 10 });
    await budget.reserve(late);
    await budget.settle(late.id, {
      method: INVITE,
      times: [time(29, 29, NOW + 10)],
      pairs: 10,
      invited: 10,
    });
    await budget.settle('unknown', {
      method: INVITE,
      times: [time(0.01, 0, NOW)],
      pairs: 1,
      invited: 1,
    });
    expect(await budget.reserve(requestFor())).toMatchObject({ granted: false, why: 'operating' });
  });

  test('allow inviting one person even if that costs more than a window has', async () => {
    expect(await invite(open({ operatingLimitSeconds: 1 }), 2, 0)).toBe(1);
  });

  test('are used up when the portal says so, for that method only', async () => {
    const { budget } = openStill();
    await budget.closeMethod(INVITE);
    const refused = await budget.reserve(requestFor());
    expect(refused).toMatchObject({ granted: false, why: 'operating' });
    expect(refused.waitMs).toBe(300_000);
    expect(await budget.reserve(requestFor({ method: 'user.get' }))).toMatchObject({
      granted: true,
    });
    expect(await budget.take(0)).toMatchObject({ taken: true });
  });

  test('stay below a lower limit once the portal has shown it', async () => {
    const { budget, clock } = openStill({ operatingLimitSeconds: 4.8, operatingWindowSeconds: 1 });
    await invite(budget, 0.2, 0.8);
    await budget.closeMethod(INVITE);
    clock.pass(1_010);
    let seconds = 0;
    for (let pairs = 1; pairs > 0; ) {
      pairs = await invite(budget, 0.2, seconds);
      seconds += pairs * 0.2;
    }
    expect(seconds).toBeLessThanOrEqual(1);
    expect(seconds).toBeGreaterThan(0.5);
  });
});

describe('a refused method', () => {
  const resetIn = (seconds: number): CallTime => ({ ...time(2, 2), resetAt: NOW + seconds });

  test('is closed until the time that an answer has named', async () => {
    const { budget } = openStill();
    const request = requestFor();
    await budget.reserve(request);
    const cost = { method: INVITE, times: [resetIn(420)], pairs: 20, invited: 20 };
    await budget.settle(request.id, cost);
    await budget.closeMethod(INVITE);
    const refused = await budget.reserve(requestFor());
    expect(refused).toEqual({ granted: false, why: 'operating', waitMs: 420_000 });
  });

  test.each([INVITE, 'batch'])('is probed by one small request before others: %s', async (name) => {
    const { budget, clock } = openStill();
    await invite(budget, 0.1, 0);
    await budget.closeMethod(name);
    clock.pass(300_000);
    const probe = requestFor();
    expect(await budget.reserve(probe)).toMatchObject({ granted: true, pairs: 5 });
    expect(await budget.reserve(requestFor())).toMatchObject({ granted: false, why: 'others' });
    const times = [time(0.5, 0.5, NOW + 300)];
    const batch = time(0.5, 0.3, NOW + 300);
    await budget.settle(probe.id, { method: INVITE, times, batch, pairs: 5, invited: 5 });
    const next = await budget.reserve(requestFor());
    expect(next).toMatchObject({ granted: true });
    expect(next.granted && next.pairs).toBeGreaterThan(5);
  });

  test('stays closed when the probe is refused, and when an earlier request is answered', async () => {
    const { budget, clock } = openStill();
    await invite(budget, 0.1, 0);
    const earlier = requestFor();
    await budget.reserve(earlier);
    await budget.closeMethod(INVITE);
    const cost = { method: INVITE, times: [time(0.5, 2.5, NOW + 5)], pairs: 5, invited: 5 };
    await budget.settle(earlier.id, cost);
    expect(await budget.reserve(requestFor())).toMatchObject({ granted: false, waitMs: 300_000 });
    clock.pass(300_000);
    const probe = requestFor();
    await budget.reserve(probe);
    await budget.release(probe.id);
    await budget.closeMethod(INVITE);
    expect(await budget.reserve(requestFor())).toMatchObject({ granted: false, waitMs: 300_000 });
  });
});

describe('requests in flight', () => {
  /** Reserves until no slot is left; @returns the ids of the granted requests. */
  async function fill(budget: Budget, some: Partial<ReservationRequest> = {}): Promise<string[]> {
    const ids: string[] = [];
    for (;;) {
      const request = requestFor({ pairs: 1, ...some });
      const grant = await budget.reserve(request);
      if (!grant.granted) {
        expect(grant.why).toBe('others');
        return ids;
      }
      ids.push(request.id);
    }
  }

  const settle = (budget: Budget, id: string, seconds: number) =>
    budget.settle(id, { method: INVITE, times: [time(seconds, 0)], pairs: 1, invited: 1 });

  test('are one until the first answer, then as many as wanted', async () => {
    const budget = open({ concurrency: 6 });
    const [first = '', ...more] = await fill(budget);
    expect(more).toEqual([]);
    await settle(budget, first, 0.1);
    expect(await fill(budget)).toHaveLength(6);
  });

  test('do not wait for a first answer that takes longer than half a second', async () => {
    const { budget, clock } = openStill({ concurrency: 6 });
    expect(await fill(budget)).toHaveLength(1);
    clock.pass(499);
    expect(await fill(budget)).toEqual([]);
    clock.pass(1);
    expect(await fill(budget)).toHaveLength(5);
  });

  test('are over when they are released, lost or expired', async () => {
    const { budget, clock } = openStill({ concurrency: 2 });
    const [first = ''] = await fill(budget);
    await settle(budget, first, 0.1);
    const [one = '', two = ''] = await fill(budget);
    await budget.release(one);
    await budget.lose(two, false);
    expect(await fill(budget, { lifetimeMs: 1_000 })).toHaveLength(2);
    clock.pass(999);
    expect(await fill(budget)).toEqual([]);
    clock.pass(1);
    expect(await fill(budget)).toHaveLength(2);
    await budget.forgetOpen();
    expect(await fill(budget)).toHaveLength(2);
  });

  test('become fewer when the portal slows down for them, and more when it recovers', async () => {
    const budget = open({ concurrency: 4, operatingLimitSeconds: 1e6, burst: 10_000 });
    let inFlight: string[] = [];
    const round = async (slowdown: number) => {
      inFlight = await fill(budget);
      const seconds = 0.1 * (1 + slowdown * (inFlight.length - 1));
      for (const id of inFlight) await settle(budget, id, seconds);
      return inFlight.length;
    };
    for (let times = 0; times < 20; times += 1) await round(2);
    expect(await round(2)).toBeLessThanOrEqual(2);
    for (let times = 0; times < 40; times += 1) await round(0);
    expect(await round(0)).toBe(4);
  });

  test('expire no later when the clock is set back, and neither do used seconds', async () => {
    const { budget, clock } = openStill({ concurrency: 1 });
    await invite(budget, 96, 0, { pairs: 5 });
    await budget.enter('left behind', 70_000, new AbortController().signal);
    clock.pass(-3_600_000);
    const refused = await budget.reserve(requestFor());
    expect(refused).toEqual({ granted: false, why: 'others', waitMs: 70_000 });
    await budget.release('left behind');
    const { waitMs, waitFor } = await budget.readView(INVITE, 1_000);
    expect(waitFor).toBe('operating');
    expect(waitMs).toBeLessThanOrEqual(600_000);
  });

  test('notify waiting callers when one ends', async () => {
    const budget = open();
    const request = requestFor();
    await budget.reserve(request);
    const signal = new AbortController().signal;
    // The first call subscribes and returns at once.
    await budget.waitForRelease(budget.releasedCount, 60_000, signal);
    const released = budget.waitForRelease(budget.releasedCount, 60_000, signal);
    await budget.release(request.id);
    await released;
    await budget.close();
  });
});

describe('a view of the budget', () => {
  test('shows the state and reserves nothing', async () => {
    const budget = open({ requestsPerSecond: 0.1 });
    expect(await budget.readView(INVITE, 1_000)).toMatchObject({
      ...{ level: 0, usedSeconds: 0, inFlight: 0, costSeconds: undefined },
      ...{ waitMs: 0, waitFor: 'requests' },
    });
    const request = requestFor();
    const grant = await budget.reserve(request);
    expect(grant).toMatchObject({ granted: true });
    for (let time = 0; time < 3; time++) {
      const { level, inFlight } = await budget.readView(INVITE, 1_000);
      expect([Math.ceil(level), inFlight]).toEqual([1, 1]);
    }
  });

  test('shows how long the method is used up', async () => {
    const budget = open({ operatingLimitSeconds: 60, operatingWindowSeconds: 600 });
    const first = await invite(budget, 1, 0, { pairs: 60 });
    const seen = await budget.readView(INVITE, 1_000);
    expect(seen).toMatchObject({ usedSeconds: first, inFlight: 0, costSeconds: 1 });
    await budget.closeMethod(INVITE);
    const { waitMs, waitFor } = await budget.readView(INVITE, 1_000);
    expect(waitFor).toBe('operating');
    expect(waitMs).toBeGreaterThan(290_000);
    expect(waitMs).toBeLessThanOrEqual(300_000);
  });
});
