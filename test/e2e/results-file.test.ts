import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, readResults, summaryOf } from '../support/office.ts';

const ONBOARDING = fileURLToPath(new URL('../../fixtures/onboarding.csv', import.meta.url));
const HEADER = 'line,group_id,user_id,outcome,reason,detail,attempts,settled_at';
/** Nobody loses patience here, however busy the machine is. */
const SMALL = { seed: plainSeed({ users: 5, groups: 2 }) };

describe.concurrent('the results file', () => {
  test('has a record for each row, in the order of the file', async () => {
    await using office = await openOffice({});
    const { results } = summaryOf(await office.program.call('run', ONBOARDING, '--json'));
    expect(results).toBe(join(office.folder, 'data/results/onboarding-1.csv'));
    expect(readFileSync(results, 'utf8').startsWith(`\ufeff${HEADER}\r\n`)).toBe(true);

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

  test('runs nothing in a spreadsheet', async () => {
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

  test('lies where --out says, and what cannot be written there is not lost', async () => {
    await using office = await openOffice(SMALL);
    const file = office.file('a.csv', crowd(2, 5));
    office.file('taken', '');
    const refused = await office.program.callApart('run', file, '--out', 'taken/out.csv');
    expect(refused.stderr).toMatch(/^error: The results cannot be written to taken\/out\.csv/m);
    expect(refused.stderr).toMatch(/^ {7}Nothing is lost: bulk-invite results 1/m);
    expect(refused.code).toBe(1);
    const again = await office.program.callApart('run', file, '--json', '--out', 'new/out.csv');
    expect(summaryOf(again)).toMatchObject({ importId: 1, reasons: { returned: 10 } });
    expect(readResults(join(office.folder, 'new/out.csv'))).toHaveLength(10);
    expect((await office.truth()).invitationsSent).toBe(10);
  });

  test('is written for a file whose rows are all rejected', async () => {
    await using office = await openOffice(SMALL);
    const file = office.file('a.csv', 'group,user\n1,x\n');
    const ended = await office.program.call('run', file, '--json');
    expect(ended.code).toBe(2);
    expect(summaryOf(ended)).toMatchObject({ rows: 1, reasons: { bad_user_id: 1 } });
  });
});

const isDuplicate = ({ outcome }: Record<string, string>) => outcome === 'duplicate';

/** What would be a formula begins with a quote. */
const safe = (cell: string): string => (/^[=+\-@]/.test(cell) ? `'${cell}` : cell);

/** The sample's records with the line at which each begins. */
function sourceRecords(): { line: number; group: string; user: string }[] {
  const records: string[][] = parse(readFileSync(ONBOARDING), { fromLine: 2 });
  let next = 2;
  return records.map(([group = '', user = '', message = '']) => {
    const line = next;
    next += message.split('\n').length;
    return { line, group, user };
  });
}
