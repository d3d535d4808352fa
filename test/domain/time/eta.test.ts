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

describe('the time that is left', () => {
  test.each<[what: string, some: Partial<Remaining>, seconds: number | undefined]>([
    ['nothing waits', { pending: 0, rate: 0 }, 0],
    ['the rate decides while seconds are free', {}, 100],
    ['nothing moves yet and nothing is known', { rate: 0, costSeconds: undefined }, undefined],
    ['nothing moves yet but seconds are free', { rate: 0 }, undefined],
    ['the rate is known, the cost is not', { costSeconds: undefined }, 100],
    ['the portal’s seconds decide', { pending: 10_000, rate: 100 }, 650],
    ['they are used up, and nothing moves', { pending: 480, rate: 0, freeSeconds: 0 }, 60],
    ['more than all of them are used', { pending: 480, rate: 0, freeSeconds: -50 }, 60],
    ['the wait is longer than the rest', { pending: 10, rate: 0, waitSeconds: 42 }, 42],
    ['the rate is slower than the portal', { rate: 0.5, freeSeconds: 0 }, 2_000],
  ])('when %s', (_, some, seconds) => {
    const left = etaSeconds(remaining(some));
    if (seconds === undefined) expect(left).toBeUndefined();
    else expect(left).toBeCloseTo(seconds, 6);
  });
});
