import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { crowd, openHarness, readResults, summaryOf } from '../../support/program-harness.ts';

const SMALL = { seed: plainSeed({ users: 5, groups: 2 }) };

test('the results contain no formulas for a spreadsheet', async () => {
  await using harness = await openHarness(SMALL);
  const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '"=HYPERLINK(""http://example.com"")"'];
  const csv = `group_id,user_id\n1,2\n${cells.map((cell) => `${cell},2\n1,${cell}\n`).join('')}`;
  const ended = await harness.program.call('run', harness.file('a.csv', csv), '--json');
  const { results, reasons } = summaryOf(ended);
  expect(ended.code).toBe(2);
  expect(reasons).toEqual({ returned: 1, bad_group_id: 2, unknown_group: 3, bad_user_id: 5 });
  const written = readResults(results).flatMap((record) => Object.values(record));
  expect(written.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
});

test('the results are written to --out, and a write error loses no outcomes', async () => {
  await using harness = await openHarness(SMALL);
  const file = harness.file('a.csv', crowd(2, 5));
  for (const folder of [join(harness.folder, 'new'), harness.file('taken', '')]) {
    const mistyped = join(folder, 'out.csv');
    const { code, stderr } = await harness.program.call('run', file, '--out', mistyped);
    expect([code, stderr]).toEqual([1, expect.stringContaining('error: The folder ')]);
  }
  expect(readdirSync(harness.folder)).toEqual(['a.csv', 'taken']);
  const refused = await harness.program.call('run', file, '--out', '/dev/full');
  expect(refused.stderr).toContain('error: The results cannot be written to /dev/full (ENOSPC');
  expect(refused.stderr).toMatch(
    /^ {7}Nothing is lost\. .*: npm run -s bulk-invite -- results 1 --out/m,
  );
  expect(refused.code).toBe(1);
  const out = join(harness.folder, 'out.csv');
  const again = await harness.program.call('run', file, '--json', '--out', out);
  expect(summaryOf(again)).toMatchObject({ importId: 1, reasons: { returned: 10 }, results: out });
  expect(readResults(out)).toHaveLength(10);
  const copy = join(harness.folder, 'copy.csv');
  const copied = await harness.program.call('results', '1', '--out', copy);
  expect(copied).toEqual({ code: 0, stdout: `Results: ${copy}\n`, stderr: '' });
  expect(readFileSync(copy)).toEqual(readFileSync(out));
  expect((await harness.truth()).invitationsSent).toBe(10);
});

test('the results are also written when all rows are rejected', async () => {
  await using harness = await openHarness(SMALL);
  const ended = await harness.program.call(
    'run',
    harness.file('a.csv', 'group,user\n1,x\n'),
    '--json',
  );
  expect(ended.code).toBe(2);
  const { rows, reasons, results } = summaryOf(ended);
  expect({ rows, reasons }).toEqual({ rows: 1, reasons: { bad_user_id: 1 } });
  expect(readResults(results)).toHaveLength(1);
});
