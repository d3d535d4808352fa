import { expect, test } from 'vitest';
import { pauseMs } from '../../src/portal/repeat.ts';

test.each([
  [1, 0, 750],
  [1, 0.5, 1_000],
  [1, 0.999, 1_250],
  [2, 0.5, 2_000],
  [5, 0.5, 16_000],
  [6, 0, 22_500],
  [6, 0.5, 30_000],
  [6, 0.999, 30_000],
  [1_000, 0.5, 30_000],
])('after failure %i, with chance %f, somebody pauses %i ms', (attempt, chance, pause) => {
  expect(pauseMs(attempt, () => chance)).toBeCloseTo(pause, -1);
});
