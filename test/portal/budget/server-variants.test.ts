import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makespan } from '../../../src/domain/time/makespan.ts';
import { Budget } from '../../../src/portal/budget/budget.ts';
import {
  BILLING,
  completeOptions,
  type Limits,
  limitsOf,
} from '../../../src/sandbox/sandbox-options.ts';
import { OPERATING } from '../../../src/sandbox/state/operating-baskets.ts';
import { seededRandom } from '../../../src/sandbox/state/random.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { simulateRun } from '../../support/simulation/simulate-run.ts';
import { SimulatedImport } from '../../support/simulation/simulated-import.ts';
import { SimulatedPortal } from '../../support/simulation/simulated-portal.ts';
import { VirtualTime } from '../../support/simulation/virtual-time.ts';
import { runs } from '../../support/vitest/properties.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const CLOUD: Limits = { ...limitsOf(completeOptions({})), latencyMs: 40 };
const CONCURRENCY = 4;

interface Setting {
  limits?: Partial<Limits>;
  pairs: number;
  groupSize: number;
  /** Share by which the cost of a request varies. @default none */
  noise?: number;
  seed?: number;
  /** Second of the portal's minute at the start. @default 0 */
  second?: number;
  /** The operating limit in the settings, where the portal has another one. */
  believedSeconds?: number;
  /** The budget knows of no limit, only that the portal is self-hosted. @default false */
  isBox?: boolean;
}

async function run(setting: Setting) {
  const { limits, pairs, groupSize, noise = 0, seed = 1, second = 0 } = setting;
  const all = { ...CLOUD, ...limits };
  const skewMs = 7_000;
  const time = new VirtualTime(Date.parse('2026-03-01T10:00:00Z') + second * 1_000 - skewMs);
  const portal = new SimulatedPortal(all, time, skewMs);
  const random = seededRandom(seed);
  const { requestsPerSecond, burst, operatingWindowSeconds } = all;
  const operatingLimitSeconds = setting.believedSeconds ?? all.operatingLimitSeconds;
  const known = { requestsPerSecond, burst, operatingLimitSeconds };
  const budget = new Budget(
    server.redis,
    `variant-${crypto.randomUUID()}.example`,
    { ...(setting.isBox ? {} : known), operatingWindowSeconds, concurrency: CONCURRENCY },
    time.now,
  );
  if (setting.isBox) await budget.setPlan('box');
  const sizes = Array.from({ length: Math.ceil(pairs / groupSize) }, () => groupSize);
  const one = new SimulatedImport(sizes, CONCURRENCY);
  const startedAt = time.seconds;
  await simulateRun({
    ...{ time, portal, budget, imports: [one], concurrency: CONCURRENCY },
    inviteSeconds: () => all.inviteSeconds * (1 + noise * (2 * random() - 1)),
  });
  const seconds = one.endedAt - startedAt;
  const { workSeconds, operatingErrors, rateLimitErrors } = portal;
  // The least time of a client that knows the cost and sends batches.
  const share = all.billing.startsWith('outer') ? 0.5 : 1;
  const bound = makespan(
    { requests: 1, workSeconds, operatingSeconds: workSeconds, lastSeconds: 0 },
    {
      ...{ ...all, concurrency: CONCURRENCY },
      operatingLimitSeconds: all.operatingLimitSeconds / share,
    },
  );
  return { ratio: seconds / bound.seconds, operatingErrors, rateLimitErrors };
}

const variants = OPERATING.flatMap((operating) =>
  BILLING.map((billing) => ({ operating, billing })),
);

describe.each(variants)('on a portal with $operating that bills a batch $billing', (limits) => {
  test('no request is refused, and the import takes little longer than it must', async () => {
    const { ratio, ...ended } = await run({
      limits: { ...limits, inviteSeconds: 0.15 },
      // Three windows and a part of the fourth.
      pairs: limits.billing.startsWith('outer') ? 24_000 : 12_000,
      ...{ groupSize: 1, second: 45 },
    });
    expect(ended).toMatchObject({ operatingErrors: 0, rateLimitErrors: 0 });
    expect(ratio).toBeLessThan(1.06);
  });
});

test('whatever an invitation costs, no request is refused by any kind of portal', async () => {
  const settings = fc.record({
    limits: fc.record({
      operating: fc.constantFrom(...OPERATING),
      billing: fc.constantFrom(...BILLING),
      inviteSeconds: fc.constantFrom(0.05, 0.1, 0.15, 0.3),
    }),
    pairs: fc.integer({ min: 3_000, max: 8_000 }),
    groupSize: fc.constantFrom(1, 3, 20, 200),
    noise: fc.double({ min: 0, max: 0.5, noNaN: true }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    second: fc.integer({ min: 0, max: 59 }),
  });
  await fc.assert(
    fc.asyncProperty(settings, async (setting) => {
      const { operatingErrors, rateLimitErrors } = await run(setting);
      expect({ operatingErrors, rateLimitErrors }).toEqual({
        operatingErrors: 0,
        rateLimitErrors: 0,
      });
    }),
    { numRuns: runs(6) },
  );
});

test('noise in the cost delays an import little', async () => {
  for (const seed of [1, 2]) {
    const { ratio, operatingErrors } = await run({
      ...{ limits: { inviteSeconds: 0.15 }, pairs: 12_000, groupSize: 20, second: 50 },
      ...{ noise: 0.5, seed },
    });
    expect(operatingErrors).toBe(0);
    expect(ratio).toBeLessThan(1.1);
  }
});

const NONE = Number.POSITIVE_INFINITY;

test('a portal without limits is not waited for', async () => {
  const limits = { requestsPerSecond: NONE, burst: NONE, operatingLimitSeconds: NONE };
  const { ratio } = await run({ limits, pairs: 12_000, groupSize: 1, isBox: true });
  expect(ratio).toBeLessThan(1.05);
});

test('a box that has limits after all keeps them once its answers show them', async () => {
  const { operatingErrors, rateLimitErrors } = await run({
    ...{ limits: { inviteSeconds: 0.15, operatingLimitSeconds: 420 }, isBox: true },
    ...{ pairs: 8_000, groupSize: 1 },
  });
  expect(operatingErrors).toBe(0);
  expect(rateLimitErrors).toBeLessThanOrEqual(CONCURRENCY);
});

test('a limit that is lower than believed is found, and every pair is sent in the end', async () => {
  for (const operating of OPERATING) {
    const { operatingErrors } = await run({
      limits: { inviteSeconds: 0.15, operatingLimitSeconds: 240, operating },
      ...{ believedSeconds: 480, pairs: 6_000, groupSize: 20 },
    });
    expect(operatingErrors).toBeGreaterThan(0);
    // The commands that were under way when the limit was reached, and a probe or two.
    expect(operatingErrors).toBeLessThan(60);
  }
});
