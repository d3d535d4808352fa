import { describe, expect, test } from 'vitest';
import { type CheckedWork, expectedWork } from '../../../src/domain/time/expected-work.ts';
import { type Forecast, forecast } from '../../../src/domain/time/forecast.ts';
import { costOf } from '../../../src/domain/time/invite-cost.ts';
import {
  type Allowance,
  type Demand,
  makespan,
  UNUSED,
} from '../../../src/domain/time/makespan.ts';
import {
  type ChunksLeft,
  demandOf,
  pairsPerRequest,
  sideBySide,
} from '../../../src/domain/time/work-left.ts';

const CLOUD: Allowance = {
  ...{ concurrency: 4, burst: 50, requestsPerSecond: 2 },
  ...{ operatingLimitSeconds: 480, operatingWindowSeconds: 600 },
};
const BOX = {
  ...{ burst: Number.POSITIVE_INFINITY, requestsPerSecond: Number.POSITIVE_INFINITY },
  operatingLimitSeconds: Number.POSITIVE_INFINITY,
};

/** Chunks with so many pairs in each, all pending. */
function chunksOf(count: number, size: number, most: number): ChunksLeft {
  const requests = count * Math.ceil(size / most);
  return { pairs: count * size, requests, count, largest: size, first: 0, last: count - 1 };
}

interface Case extends Partial<CheckedWork & Allowance> {
  chunks: number;
  size: number;
  cost?: number;
  texts?: number;
}

function inputs({ chunks, size, cost, texts = 0, ...some }: Case) {
  const allowance = { ...CLOUD, ...some };
  const learned = costOf(cost);
  const left = chunksOf(chunks, size, pairsPerRequest(learned, allowance));
  const { pairs } = left;
  const checked = { pairs, toInvite: pairs, toLookUp: 0, unseenGroups: 0, ...some };
  return { work: expectedWork(left, [], checked, texts), cost: learned, allowance };
}

function forecastOf(given: Case): Forecast {
  const { work, cost, allowance } = inputs(given);
  return forecast({ own: work, others: new Map(), cost, allowance, used: UNUSED });
}

describe('a forecast', () => {
  test.each<[string, Case, Forecast['limit'], number]>([
    ['takes no time for nothing', { chunks: 0, size: 0 }, 'work', 0],
    ['takes the cost of one invitation for a single pair', { chunks: 1, size: 1 }, 'work', 0.1],
    ['spreads work over the slots', { chunks: 8, size: 50 }, 'work', 10],
    ['works sequentially in one slot', { chunks: 8, size: 50, concurrency: 1 }, 'work', 40],
    [
      'is limited by the bucket when invitations are fast',
      { chunks: 200, size: 50, cost: 0.001 },
      'requests',
      (200 - 50) / 2 + 0.05,
    ],
    ['fits into one window', { chunks: 8, size: 500 }, 'work', 100],
    ['waits until server seconds are free', { chunks: 10, size: 700 }, 'operating', 600 + 55],
    ['needs no bucket and no window on a box', { chunks: 10, size: 700, ...BOX }, 'work', 175],
    [
      'waits less where half of the time counts',
      { chunks: 10, size: 1_200, operatingShare: 0.5 },
      'operating',
      600 + 60,
    ],
  ])('%s', (_, given, limit, seconds) => {
    const found = forecastOf({ cost: 0.1, ...given });
    expect(found.seconds).toBeCloseTo(seconds, 6);
    expect(found.limit).toBe(limit);
  });

  test('includes what running imports send meanwhile', () => {
    const given = { chunks: 8, size: 50, cost: 0.1 };
    const { work, cost, allowance } = inputs(given);
    const others = new Map([[7, work]]);
    const { seconds, requests } = forecast({ own: work, others, cost, allowance, used: UNUSED });
    expect(seconds).toBeCloseTo(20);
    expect(requests).toBe(8);
  });

  test.each<[string, number, number, number]>([
    ['no other window where requests cost the same', 4_700, 0, 117.5],
    ['half of the wait at the end of a window', 4_800, 0.0001, 354],
    ['all of the wait behind it', 4_900, 0.0001, 602.5],
  ])('expects %s', (_, pairs, ofMean, seconds) => {
    const { work, allowance } = inputs({ chunks: pairs / 50, size: 50, cost: 0.1, burst: 1_000 });
    const cost = costOf(0.1, { perRequest: 0, ofMean });
    const found = forecast({ own: work, others: new Map(), cost, allowance, used: UNUSED });
    expect(Math.abs(found.seconds - seconds)).toBeLessThan(15);
  });

  test('is a guess without a learned cost', () => {
    expect(forecastOf({ chunks: 1, size: 1 })).toMatchObject({ assumed: true });
    expect(forecastOf({ chunks: 1, size: 1, cost: 0.07 })).toMatchObject({
      ...{ costPerInviteSeconds: 0.07, assumed: false },
    });
  });

  test.each<[string, Case, number]>([
    ['none for nothing', { chunks: 0, size: 0 }, 0],
    ['one for each chunk', { chunks: 100, size: 50 }, 100],
    ['fifteen seconds in each', { chunks: 10, size: 1_000 }, 70],
    [
      'less in each with a smaller limit',
      { chunks: 10, size: 1_000, operatingLimitSeconds: 60 },
      140,
    ],
    ['fifty texts in each', { chunks: 10, size: 150, texts: 1_500 }, 30],
    ['another for people who are left out', { chunks: 100, size: 50, toInvite: 0 }, 200],
    ['and one more to look them up', { chunks: 100, size: 50, toInvite: 0, toLookUp: 5_000 }, 300],
    [
      'and one for each group that a batch can hide',
      { chunks: 100, size: 50, toInvite: 0, toLookUp: 5_000, unseenGroups: 7 },
      307,
    ],
  ])('needs requests: %s', (_, given, requests) => {
    expect(forecastOf({ cost: 0.1, ...given }).requests).toBe(requests);
  });
});

describe('a makespan', () => {
  const allowance = { ...CLOUD, operatingLimitSeconds: 100 };
  const demand = { requests: 1, workSeconds: 80, operatingSeconds: 80, lastSeconds: 0 };
  const seconds = (freeInSeconds: readonly number[], some: Partial<Demand> = {}) => {
    const operating = freeInSeconds.map((free) => ({ seconds: 50, freeInSeconds: free }));
    return makespan({ ...demand, ...some }, allowance, { ...UNUSED, operating }).seconds;
  };

  test('waits for the last part that is needed, and works it off', () => {
    expect(seconds([10, 70])).toBeCloseTo(70 + 30 / 4);
  });

  test('works off all parts that are free at the same time', () => {
    expect(seconds([69, 70])).toBeCloseTo(69 + 80 / 4);
  });

  test('is no shorter than work in a single slot', () => {
    expect(seconds([], { sequentialSeconds: 60 })).toBeCloseTo(60);
  });
});

describe('the last chunk', () => {
  test.each<[string, Partial<ChunksLeft>, number]>([
    ['is sent by one slot', { pairs: 100, count: 1, largest: 100 }, 100],
    ['determines the time of those beside it', { pairs: 250, count: 4, largest: 100 }, 100],
    ['waits for an earlier one', { pairs: 300, count: 5, largest: 100 }, 100 + (200 / 4) * 0.4],
    ['waits for all of many', { pairs: 800, count: 8, largest: 100 }, 100],
  ])('%s', (_, some, pairs) => {
    const chunks = { ...chunksOf(8, 100, 150), ...some };
    const work = expectedWork(chunks, [], {
      ...chunks,
      toInvite: chunks.pairs,
      toLookUp: 0,
      unseenGroups: 0,
    });
    const { sequentialSeconds } = demandOf(work, costOf(0.1), CLOUD);
    expect(sequentialSeconds).toBeCloseTo(pairs * 0.1);
  });
});

describe('imports side by side', () => {
  const demand = { requests: 10, workSeconds: 100, operatingSeconds: 100, lastSeconds: 10 };

  test.each<[string, number, { first: number; last: number }, number]>([
    ['of the same size share equally', 9, { first: 0, last: 9 }, 200],
    ['wait for the first part of a larger one', 9, { first: 0, last: 99 }, 110],
    ['wait for all of a smaller one', 99, { first: 0, last: 9 }, 200],
    ['go before one that is further', 9, { first: 50, last: 99 }, 100],
  ])('%s', (_, last, chunks, workSeconds) => {
    expect(sideBySide(demand, { last }, [{ demand, chunks }]).workSeconds).toBeCloseTo(workSeconds);
  });
});

describe('the work that is left', () => {
  const chunks = chunksOf(10, 100, 1_000);
  const invited = (count: number) => ({ outcome: 'invited', reason: 'returned', count }) as const;
  const skipped = { outcome: 'skipped', reason: 'already_member', count: 300 } as const;

  test('goes by the check', () => {
    const checked = { pairs: 2_000, toInvite: 500, toLookUp: 100, unseenGroups: 4 };
    expect(expectedWork(chunks, [invited(200)], checked)).toMatchObject({
      ...{ basis: 'check', toInvite: 300, toLookUp: 50, unseenGroups: 2 },
    });
  });

  test('goes by the outcomes so far without a check, if there are enough', () => {
    expect(expectedWork(chunks, [invited(100), skipped], undefined)).toMatchObject({
      ...{ basis: 'outcomes', toInvite: 250 },
    });
    expect(expectedWork(chunks, [invited(10)], undefined)).toMatchObject({ basis: 'nothing' });
  });

  test('costs nothing where nothing is invited', () => {
    const { work, cost, allowance } = inputs({ chunks: 5, size: 100, cost: 0.1, toInvite: 0 });
    expect(demandOf(work, cost, allowance)).toMatchObject({ workSeconds: 0, operatingSeconds: 0 });
  });
});
