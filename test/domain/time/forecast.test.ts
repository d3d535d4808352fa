import { describe, expect, test } from 'vitest';
import {
  ASSUMED_COST_SECONDS,
  type Forecast,
  type ForecastBasis,
  Forecaster,
} from '../../../src/domain/time/forecast.ts';
import { regimes } from '../../bench/regimes.ts';
import { simulateRun } from '../../bench/runs/simulate-run.ts';

const CLOUD: ForecastBasis = {
  concurrency: 4,
  burst: 50,
  requestsPerSecond: 2,
  operatingLimitSeconds: 480,
  operatingWindowSeconds: 600,
  commandsPerRequest: 50,
  usersPerCommand: 500,
  learnedCostSeconds: 0.1,
};

interface Group {
  pairs: number;
  toInvite: number;
}

const groups = (count: number, pairs: number, toInvite = pairs): Group[] =>
  Array(count).fill({ pairs, toInvite });

function forecastOf(list: readonly Group[], basis: Partial<ForecastBasis> = {}): Forecast {
  const forecaster = new Forecaster({ ...CLOUD, ...basis });
  for (const group of list) forecaster.add(group);
  return forecaster.forecast();
}

describe('a forecast', () => {
  test.each<[string, Group[], Partial<ForecastBasis>, Forecast['limit'], number]>([
    ['takes no time for nothing', [], {}, 'work', 0],
    ['takes the cost of one invitation for a single pair', groups(1, 1), {}, 'work', 0.1],
    ['spreads work over the slots', groups(40, 10), {}, 'work', 10],
    ['works sequentially in one slot', groups(40, 10), { concurrency: 1 }, 'work', 40],
    [
      'is limited by the bucket when invitations are fast',
      groups(10_000, 1),
      { learnedCostSeconds: 0.001 },
      'requests',
      (200 - 50) / 2 + 10 / 200,
    ],
    ['fits into one window', groups(48, 100), {}, 'work', 120],
    ['waits until operating seconds are free again', groups(100, 100), {}, 'operating', 1_150],
    [
      'does not count short calls as operating',
      groups(10_000, 1),
      { learnedCostSeconds: 0.05 },
      'work',
      125,
    ],
    [
      'counts them while their cost is assumed',
      groups(10_000, 1),
      { learnedCostSeconds: undefined },
      'operating',
      1_150,
    ],
  ])('%s', (_, list, basis, limit, seconds) => {
    const forecast = forecastOf(list, basis);
    expect(forecast.seconds).toBeCloseTo(seconds, 6);
    expect(forecast.limit).toBe(limit);
  });

  test.each<[string, Group[], Partial<ForecastBasis>, number]>([
    ['none for nothing', [], {}, 0],
    ['fifty groups in each', groups(5_000, 1), {}, 100],
    ['a thousand people in each', groups(100, 1_000), { learnedCostSeconds: 0.001 }, 100],
    ['fifteen seconds in each', groups(100, 150), {}, 100],
    [
      'less in each with few operating seconds for all slots',
      groups(100, 150),
      { operatingLimitSeconds: 60 },
      200,
    ],
    ['enough for all slots in a small import', groups(1, 480), {}, 24],
    ['reading the groups of people who need no invitation', groups(5_000, 1, 0), {}, 200],
  ])('needs requests: %s', (_, list, basis, requests) => {
    expect(forecastOf(list, basis).requests).toBe(requests);
  });

  test('states the cost that it uses', () => {
    expect(forecastOf(groups(1, 1), { learnedCostSeconds: 0.07 })).toMatchObject({
      costPerInviteSeconds: 0.07,
      assumed: false,
    });
    expect(forecastOf(groups(1, 1), { learnedCostSeconds: undefined })).toMatchObject({
      costPerInviteSeconds: ASSUMED_COST_SECONDS,
      assumed: true,
    });
  });

  test('counts requests but no work for people who need no invitation', () => {
    const some = forecastOf(groups(100, 100, 50));
    expect(some.seconds).toBeCloseTo(600 - 60 + 20 / 4, 6);
  });

  // The forecast ignores round trips, which take a seventh of the time on the slow network.
  test.each(regimes(false).filter(({ otherPerSecond }) => otherPerSecond === 0))(
    'is close to the time of a run on the portal of the bench: $name',
    (regime) => {
      const { groupSizes, limits, concurrency } = regime;
      const list = groupSizes.map((pairs) => ({ pairs, toInvite: pairs }));
      const basis = { ...limits, concurrency, learnedCostSeconds: limits.inviteSeconds };
      const share = forecastOf(list, basis).seconds / simulateRun(regime);
      expect(share).toBeGreaterThan(0.85);
      expect(share).toBeLessThan(1.05);
    },
  );
});
