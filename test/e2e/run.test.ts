import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import type { Ended } from '../support/program.ts';
import {
  crowd,
  openHarness,
  PRIVATE_REDIS,
  type ProgramHarness,
  readResults,
  type Summary,
  summaryOf,
} from '../support/program-harness.ts';

const ONBOARDING = fileURLToPath(new URL('../../fixtures/onboarding.csv', import.meta.url));
const HEADER =
  'line,group_id,user_id,outcome,reason,detail,attempts,settled_at,user_name,group_name';

const EXPECTED = {
  returned: 328,
  already_member: 11,
  already_invited: 6,
  caller: 2,
  user_not_found: 5,
  group_not_found: 6,
  not_allowed: 4,
  banned: 2,
  declined: 2,
  missing_group: 2,
  bad_group_id: 1,
  unknown_group: 1,
  missing_user: 3,
  bad_user_id: 1,
  of_line_N: 6,
};

describe('the sample file', () => {
  let harness: ProgramHarness;
  let ended: Ended;
  let summary: Summary;
  beforeAll(async () => {
    harness = await openHarness({}, PRIVATE_REDIS);
    ended = await harness.program.call('run', ONBOARDING, '--json');
    summary = summaryOf(ended);
  });
  afterAll(() => harness[Symbol.asyncDispose]());

  test('has one outcome per row, which agrees with the portal', async () => {
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('100 %  366 of 366 pairs');
    expect(ended.stderr).toMatch(
      /^Portal \S+ · .+ \(user 1\), not an administrator · cloud plan \(ru_basic\) · 200 requests per second, bursts of 200 \(as set\) · scopes sonet_group, socialnetwork, user\n/,
    );
    const { rows, outcomes, reasons, results } = summary;
    expect(reasons).toEqual(EXPECTED);
    expect(rows).toBe(380);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count)).toBe(380);
    const invited = readResults(results)
      .filter(({ outcome }) => outcome === 'invited')
      .map(({ group_id, user_id }) => `${group_id}/${user_id} 1`);
    const { notifications } = await harness.truth();
    expect(
      notifications.map(({ groupId, userId, count }) => `${groupId}/${userId} ${count}`).toSorted(),
    ).toEqual(invited.toSorted());
  });

  test('has one record per row in the results, in the order of the file', () => {
    const { results } = summary;
    expect(results).toBe(join(harness.folder, 'data/results/onboarding-1.csv'));
    expect(readFileSync(results, 'utf8').startsWith(`\ufeff${HEADER}`)).toBe(true);

    const source = sourceRecords();
    const records = readResults(results);
    expect(records.map(({ line }) => Number(line))).toEqual(source.map(({ line }) => line));
    expect(records.map(({ group_id }) => group_id)).toEqual(source.map(({ group }) => safe(group)));
    expect(records.map(({ user_id }) => user_id)).toEqual(source.map(({ user }) => safe(user)));
    for (const { outcome, settled_at, attempts } of records) {
      const isPair = outcome !== 'rejected' && outcome !== 'duplicate';
      expect(settled_at).toMatch(isPair ? /^\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]{6}Z$/ : /^$/);
      expect(attempts).toBe(isPair ? '1' : '');
    }
    for (const { group_id, user_id, reason } of records.filter(isDuplicate)) {
      const first = records.find(({ line }) => reason === `of_line_${line}`);
      expect(first).toMatchObject({ group_id, user_id });
    }
  });

  test('is shown by imports, status and results', async () => {
    const { program } = harness;
    const imports = await program.call('imports');
    expect(imports.stdout).toMatch(/1 +finished +380 +328 +0 .* onboarding\.csv\n/);
    const status = await program.call('status', '1');
    expect(status.stdout).toContain('finished');
    expect(status.stdout).toContain('user_not_found 5');
    const failed = await program.call('results', '1', '--outcome', 'failed');
    expect(failed.stdout.split('\r\n').filter(Boolean)).toHaveLength(20);
    const caller = await program.call('results', '1', '--reason', 'caller');
    expect(caller.stdout.match(/skipped,caller/g)).toHaveLength(2);
  });
});

test('a run that invites all pairs ends with exit code 0, and its table adds up', async () => {
  await using harness = await openHarness({ seed: plainSeed({ users: 20, groups: 3 }) });
  const { code, stdout } = await harness.program.call('run', harness.file('a.csv', crowd(3, 20)));
  expect(code).toBe(0);
  expect(stdout).toMatch(/Import 1 · a\.csv → 127\.0\.0\.1:\d+ · 60 rows/);
  expect(stdout).toMatch(/^ {2}invited +60 .*\n {2}─+\n {2}rows +60\n\nResults: .*a-1\.csv$/m);
  const again = await harness.program.call('run', join(harness.folder, 'a.csv'), '--json');
  expect(again.code).toBe(0);
  expect(summaryOf(again)).toMatchObject({ importId: 2, reasons: { already_invited: 60 } });
});

const isDuplicate = ({ outcome }: Record<string, string>) => outcome === 'duplicate';

/** @returns the cell, with a quote before a formula */
const safe = (cell: string): string => (/^[=+\-@]/.test(cell) ? `'${cell}` : cell);

/** @returns the records of the sample with their first lines */
function sourceRecords(): { line: number; group: string; user: string }[] {
  const records: string[][] = parse(readFileSync(ONBOARDING), { fromLine: 2 });
  let next = 2;
  return records.map(([group = '', user = '', message = '']) => {
    const line = next;
    next += message.split('\n').length;
    return { line, group, user };
  });
}
