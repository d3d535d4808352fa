import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../../src/domain/portal/plan.ts';
import { Budget } from '../../../src/portal/budget/budget.ts';
import type { LimitSettings } from '../../../src/portal/budget/budget-limits.ts';
import { INVITE } from '../../../src/portal/methods/invite.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { takeFreePlaces } from '../open-client.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const UNSET: LimitSettings = { operatingWindowSeconds: 600, concurrency: 4 };
let portals = 0;

/** Budgets of one portal, as several processes have them; the time stands still. */
function openBudgets(...settings: Partial<LimitSettings>[]) {
  portals += 1;
  const clock = new ManualClock();
  return settings.map(
    (set) => new Budget(server.redis, `plan-${portals}.example`, { ...UNSET, ...set }, clock.now),
  );
}

function open(set: Partial<LimitSettings> = {}): Budget {
  const [budget] = openBudgets(set);
  if (budget === undefined) throw new Error('There is no budget.');
  return budget;
}

const limitsOf = async (budget: Budget) => {
  const { requestsPerSecond, burst, operatingLimitSeconds } = await budget.readLimits();
  return [requestsPerSecond, burst, operatingLimitSeconds];
};

const NONE = Number.POSITIVE_INFINITY;

describe('without settings, the limits', () => {
  test.each<[Plan, number[]]>([
    ['enterprise', [5, 250, 480]],
    ['cloud', [2, 50, 480]],
    ['unknown', [2, 50, 480]],
    ['box', [NONE, NONE, NONE]],
  ])('of the plan %s are %j', async (plan, limits) => {
    const budget = open();
    expect(await limitsOf(budget)).toEqual([2, 50, 480]);
    await budget.setPlan(plan);
    expect(await limitsOf(budget)).toEqual(limits);
    expect((await budget.readView(INVITE, 10)).limits).toEqual(await budget.readLimits());
  });

  test('of an Enterprise portal let 249 requests leave at once, then five a second', async () => {
    const budget = open();
    expect(await takeFreePlaces(budget)).toBe(49);
    expect(await budget.take(NONE)).toEqual({ taken: true, waitMs: 500 });
    await budget.setPlan('enterprise');
    expect(await takeFreePlaces(budget)).toBe(199);
    expect(await budget.take(NONE)).toEqual({ taken: true, waitMs: 200 });
  });

  test('are the same in all processes as soon as one of them knows the plan', async () => {
    const [one, other] = openBudgets({}, {});
    await one?.setPlan('enterprise');
    expect(other && (await limitsOf(other))).toEqual([5, 250, 480]);
  });

  test('follow a change of the plan; an answer without a plan changes nothing', async () => {
    const budget = open();
    await budget.setPlan('enterprise');
    await budget.setPlan('unknown');
    expect(await limitsOf(budget)).toEqual([5, 250, 480]);
    await budget.setPlan('cloud');
    expect(await limitsOf(budget)).toEqual([2, 50, 480]);
  });
});

describe('a setting', () => {
  test.each<[Plan, Partial<LimitSettings>, number[], string[]]>([
    ['enterprise', { burst: 20 }, [5, 20, 480], ['plan', 'setting', 'plan']],
    ['enterprise', { requestsPerSecond: 1 }, [1, 250, 480], ['setting', 'plan', 'plan']],
    ['box', { operatingLimitSeconds: 300 }, [NONE, NONE, 300], ['plan', 'plan', 'setting']],
    ['unknown', { burst: 1 }, [2, 1, 480], ['default', 'setting', 'default']],
  ])('wins over the plan %s: %j', async (plan, set, limits, sources) => {
    const budget = open(set);
    await budget.setPlan(plan);
    expect(await limitsOf(budget)).toEqual(limits);
    expect(Object.values((await budget.readLimits()).sources)).toEqual(sources);
  });
});

describe('a self-hosted portal', () => {
  const openBox = async (set: Partial<LimitSettings> = {}) => {
    const budget = open(set);
    await budget.setPlan('box');
    return budget;
  };
  const cost = { method: INVITE, pairs: 1, invited: 1 };

  test('takes any number of requests at once until it refuses one', async () => {
    const budget = await openBox();
    for (let request = 0; request < 1_000; request += 1) {
      expect(await budget.take(0)).toEqual({ taken: true, waitMs: 0 });
    }
    await budget.fillBucket();
    expect(await limitsOf(budget)).toEqual([2, 50, NONE]);
    expect(await budget.take(0)).toEqual({ taken: false, waitMs: 500 });
    expect((await budget.readLimits()).sources.burst).toBe('answers');
  });

  test.each<[string, (budget: Budget) => Promise<void>]>([
    [
      'an answer reports server seconds',
      (budget) =>
        budget.settle('a', { ...cost, times: [{ finish: 1, seconds: 0.5, operating: 0.5 }] }),
    ],
    ['a method is used up', (budget) => budget.closeMethod(INVITE)],
  ])('has no operating limit until %s', async (_, show) => {
    const budget = await openBox();
    const times = [{ finish: 1, seconds: 0.5, operating: undefined }];
    await budget.settle('a', { ...cost, times });
    expect(await limitsOf(budget)).toEqual([NONE, NONE, NONE]);
    await show(budget);
    expect(await limitsOf(budget)).toEqual([NONE, NONE, 420]);
    // The plan is read again and again; what was shown stays.
    await budget.setPlan('box');
    expect(await limitsOf(budget)).toEqual([NONE, NONE, 420]);
    await budget.setPlan('cloud');
    await budget.setPlan('box');
    expect(await limitsOf(budget)).toEqual([NONE, NONE, NONE]);
  });

  test('keeps to the limits that are set', async () => {
    const budget = await openBox({ requestsPerSecond: 10, burst: 5 });
    expect(await takeFreePlaces(budget)).toBe(4);
    expect(await budget.take(NONE)).toEqual({ taken: true, waitMs: 100 });
  });
});
