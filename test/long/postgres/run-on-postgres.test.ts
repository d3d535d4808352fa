import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { expectNoPassword } from '../../postgres/no-password.ts';
import { createDatabase } from '../../support/postgres/on-postgres.ts';
import { crowd, openHarness, readResults, summaryOf } from '../../support/program-harness.ts';

test('runs the commands on a ledger on Postgres, from folders that share nothing else', async () => {
  await using database = await createDatabase();
  const seed = plainSeed({ users: 10, groups: 2 });
  const settings = { LEDGER_URL: database.url, LOG_LEVEL: 'debug' };
  await using harness = await openHarness({ seed }, settings);
  await using elsewhere = await openHarness({ seed }, settings);
  expect((await elsewhere.program.call('imports')).stdout).toBe('No imports yet.\n');
  expect((await elsewhere.program.call('status', '9999999999')).stderr).toMatch(
    /^error: There is no import 9999999999\./,
  );
  const ran = await harness.program.call('run', harness.file('a.csv', crowd(2, 3)), '--json');
  expectNoPassword(ran);
  const { importId, results, outcomes } = summaryOf(ran);
  expect(outcomes.invited).toBe(6);
  expect(readResults(results)).toHaveLength(6);
  expect(existsSync(join(harness.folder, 'data/ledger.db'))).toBe(false);
  const imports = await elsewhere.program.call('imports');
  expect(imports.stdout).toMatch(/finished\s+6\s+6\s+0 .* a\.csv\n$/);
  expect((await elsewhere.program.call('results', String(importId))).stdout).toContain('returned');
});

test('reports a refused login once, without retries and without the password', async () => {
  await using database = await createDatabase();
  const url = database.url.replace('tester', 'nemo');
  await using harness = await openHarness({}, { LEDGER_URL: url });
  const ended = await harness.program.call('run', harness.file('a.csv', crowd(1, 1)));
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(
    /^error: The ledger postgres:\/\/127\.0\.0\.1:\d+\/\w+ refuses the login .*\n {7}Check the user/,
  );
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expectNoPassword(ended);
});
