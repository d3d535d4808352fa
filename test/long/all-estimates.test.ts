import { afterAll, beforeAll, describe, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis/redis.ts';
import { expectGoodEstimates } from '../support/simulation/expect-good-estimates.ts';
import { observeRun } from '../support/simulation/observe-run.ts';
import { SHARES, SIMULATED_REGIMES } from '../support/simulation/simulated-regimes.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const cases = SIMULATED_REGIMES.flatMap((regime) =>
  SHARES.flatMap((shares) =>
    [true, false].map((isChecked) => ({ ...regime, ...shares, regime, shares, isChecked })),
  ),
);

describe('all forecasts are close to the truth, and no estimate jumps', () => {
  test.each(cases)('$name: $what, checked: $isChecked', async (one) => {
    const { regime, shares, isChecked } = one;
    const run = await observeRun(server.redis, regime, shares, isChecked);
    expectGoodEstimates(run);
  });
});
