import { describe, expect, test } from 'vitest';
import { etaSeconds, type Remaining } from '../../../src/domain/time/eta.ts';

const remaining = (some: Partial<Remaining>): Remaining => ({
  pending: 1_000,
  rate: 10,
  costSeconds: 0.1,
  freeSeconds: 480,
  operatingLimitSeconds: 480,
  operatingWindowSeconds: 600,
  waitSeconds: 0,
  ...some,
});

describe('the remaining time', () => {
  test.each<[what: string, some: Partial<Remaining>, seconds: number | undefined]>([
    ['nothing is pending', { pending: 0, rate: 0 }, 0],
    ['the rate decides while server seconds are free', {}, 100],
    [
      'there is no progress yet and the cost is unknown',
      { rate: 0, costSeconds: undefined },
      undefined,
    ],
    ['there is no progress yet but server seconds are free', { rate: 0 }, undefined],
    ['the rate is known, the cost is not', { costSeconds: undefined }, 100],
    ['the server seconds decide', { pending: 10_000, rate: 100 }, 650],
    ['they are used up without progress', { pending: 480, rate: 0, freeSeconds: 0 }, 60],
    ['more than the limit is used', { pending: 480, rate: 0, freeSeconds: -50 }, 60],
    ['the wait is longer than the rest', { pending: 10, rate: 0, waitSeconds: 42 }, 42],
    ['the rate is slower than the portal', { rate: 0.5, freeSeconds: 0 }, 2_000],
  ])('when %s', (_, some, seconds) => {
    const left = etaSeconds(remaining(some));
    if (seconds === undefined) expect(left).toBeUndefined();
    else expect(left).toBeCloseTo(seconds, 6);
  });
});
