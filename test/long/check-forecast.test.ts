import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { readJson } from '../e2e/checked.ts';
import { crowd, openHarness } from '../support/program-harness.ts';

test('a check forecasts the shortest time of a run, first from defaults and then from learned costs', async () => {
  const seed = plainSeed({ users: 20, groups: 24 });
  await using harness = await openHarness({ seed, inviteSeconds: 0.1 });
  const file = harness.file('a.csv', crowd(12, 10));
  const first = readJson(await harness.program.call('check', file, '--json')).forecast;
  expect(first).toMatchObject({ assumed: true, limit: 'work' });
  const startedAt = performance.now();
  await harness.program.call('run', file);
  expect(performance.now() - startedAt).toBeGreaterThan(first.seconds * 1_000 * 0.8);

  const more = harness.file('b.csv', crowd(12, 10, 13));
  const second = readJson(await harness.program.call('check', more, '--json')).forecast;
  expect(second.assumed).toBe(false);
  expect(second.seconds).toBeCloseTo(first.seconds, 0);
});
