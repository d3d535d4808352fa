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

// `test/long` has all portals and combinations.
const QUICK = ['dense', 'mixed', 'costly', 'both billed'];
const cases = SIMULATED_REGIMES.filter(({ name }) => QUICK.includes(name)).flatMap((regime, at) =>
  SHARES.slice(at % SHARES.length)
    .slice(0, 1)
    .map((shares) => ({ ...regime, regime, shares, what: shares.what, isChecked: at % 2 === 0 })),
);

describe('a forecast is close to the truth, and the estimate during the run does not jump', () => {
  test.each(cases)('$name: $what, checked: $isChecked', async ({ regime, shares, isChecked }) => {
    expectGoodEstimates(await observeRun(server.redis, regime, shares, isChecked));
  });
});
