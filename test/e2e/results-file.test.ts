import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, readResults, summaryOf } from '../support/office.ts';

const SMALL = { seed: plainSeed({ users: 5, groups: 2 }) };

test('the results run nothing in a spreadsheet', async () => {
  await using office = await openOffice(SMALL);
  const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '"=HYPERLINK(""http://example.com"")"'];
  const csv = `group_id,user_id\n1,2\n${cells.map((cell) => `${cell},2\n1,${cell}\n`).join('')}`;
  const ended = await office.program.call('run', office.file('a.csv', csv), '--json');
  const { results, reasons } = summaryOf(ended);
  expect(ended.code).toBe(2);
  expect(reasons).toEqual({ returned: 1, bad_group_id: 2, unknown_group: 3, bad_user_id: 5 });
  const written = readResults(results).flatMap((record) => Object.values(record));
  expect(written.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
});

test('the results lie where --out says, and what cannot be written there is not lost', async () => {
  await using office = await openOffice(SMALL);
  const file = office.file('a.csv', crowd(2, 5));
  const taken = join(office.file('taken', ''), 'out.csv');
  const refused = await office.program.call('run', file, '--out', taken);
  expect(refused.stderr).toContain(`error: The results cannot be written to ${taken}`);
  expect(refused.stderr).toMatch(
    /^ {7}Nothing is lost\. .*: npm run -s bulk-invite -- results 1 --out/m,
  );
  expect(refused.code).toBe(1);
  const later = join(office.folder, 'later.csv');
  const told = await office.program.call('results', '1', '--reason', 'returned', '--out', later);
  expect([told.code, told.stdout]).toEqual([0, `Results: ${later}\n`]);
  expect(readResults(later)).toHaveLength(10);
  const nowhere = await office.program.call('results', '1', '--out', taken);
  expect(nowhere).toMatchObject({ code: 1, stdout: '' });
  expect(nowhere.stderr).toMatch(/cannot be written to .*\n {7}Name another file with --out\.\n$/);
  const out = join(office.folder, 'new/out.csv');
  const again = await office.program.call('run', file, '--json', '--out', out);
  expect(summaryOf(again)).toMatchObject({ importId: 1, reasons: { returned: 10 }, results: out });
  expect(readResults(out)).toHaveLength(10);
  expect((await office.truth()).invitationsSent).toBe(10);
});

test('the results are written for a file whose rows are all rejected', async () => {
  await using office = await openOffice(SMALL);
  const ended = await office.program.call(
    'run',
    office.file('a.csv', 'group,user\n1,x\n'),
    '--json',
  );
  expect(ended.code).toBe(2);
  const { rows, reasons, results } = summaryOf(ended);
  expect({ rows, reasons }).toEqual({ rows: 1, reasons: { bad_user_id: 1 } });
  expect(readResults(results)).toHaveLength(1);
});
