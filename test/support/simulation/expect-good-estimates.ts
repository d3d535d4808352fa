import { expect } from 'vitest';
import type { ObservedRun } from './observe-run.ts';

/**
 * The forecast is within 1.5 times of the truth. Between two looks a minute apart, the estimated end moves by at
 * most a fifth of the time that was left at the first one. Less than a minute is shown as that.
 */
export function expectGoodEstimates({ forecast, seconds, looks }: ObservedRun): void {
  expect(forecast.assumed).toBe(false);
  expect(Math.max(forecast.seconds / seconds, seconds / forecast.seconds)).toBeLessThan(1.5);
  const moves = looks.flatMap((left, minute) => {
    const next = looks[minute + 1];
    if (left === undefined || next === undefined || left < 60) return [];
    return [Math.abs(60 + next - left) / left];
  });
  expect(Math.max(0, ...moves)).toBeLessThanOrEqual(0.2);
}
