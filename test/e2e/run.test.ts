import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, readResults, summaryOf } from '../support/office.ts';

const ONBOARDING = fileURLToPath(new URL('../../fixtures/onboarding.csv', import.meta.url));

const EXPECTED = {
  returned: 328,
  already_member: 11,
  already_invited: 6,
  caller: 2,
  user_not_found: 5,
  group_not_found: 6,
  not_allowed: 4,
  declined: 4,
  missing_group: 2,
  bad_group_id: 1,
  unknown_group: 1,
  missing_user: 2,
  bad_user_id: 2,
  of_line_N: 6,
};

describe('the sample file', () => {
  test('ends in one outcome for each row, and they are the portal’s truth', async () => {
    await using office = await openOffice();
    const ended = await office.program.callApart('run', ONBOARDING, '--json', '--out', 'out.csv');
    expect(ended.code).toBe(2);
    const { rows, outcomes, reasons, results } = summaryOf(ended);
    expect(reasons).toEqual(EXPECTED);
    expect(rows).toBe(380);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count)).toBe(380);
    expect(results).toBe(join(office.folder, 'out.csv'));

    const records = readResults(results);
    expect(records).toHaveLength(380);
    const lines = records.map(({ line }) => Number(line));
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    const invited = records
      .filter(({ outcome }) => outcome === 'invited')
      .map(({ group_id, user_id }) => `${group_id}/${user_id} 1`);
    const { notifications } = await office.truth();
    expect(
      notifications.map(({ groupId, userId, count }) => `${groupId}/${userId} ${count}`).toSorted(),
    ).toEqual(invited.toSorted());
  });

  test('is told to a person as a table that adds up and the results’ place', async () => {
    await using office = await openOffice();
    const { stdout, stderr } = await office.program.call('run', ONBOARDING);
    expect(stdout).toMatch(/Import 1 · onboarding\.csv → 127\.0\.0\.1:\d+ · 380 rows/);
    const counts = [...stdout.matchAll(/^ {2}(\w+) +(\d+)/gm)].map(([, , count]) => Number(count));
    expect(counts.at(-1)).toBe(380);
    expect(counts.slice(0, -1).reduce((sum, count) => sum + count)).toBe(380);
    expect(stdout).toMatch(/Results: .*onboarding-1\.csv/);
    expect(stderr).toContain('100 %  366 of 366 pairs');
  });
});

test('a file whose people are all invited ends with exit code 0', async () => {
  await using office = await openOffice({ seed: plainSeed({ users: 20, groups: 3 }) });
  const ended = await office.program.call('run', office.file('a.csv', crowd(3, 20)), '--json');
  expect(ended.code).toBe(0);
  expect(summaryOf(ended).outcomes).toMatchObject({ invited: 60, failed: 0, pending: 0 });
  const again = await office.program.call('run', join(office.folder, 'a.csv'), '--json');
  expect(again.code).toBe(0);
  expect(summaryOf(again)).toMatchObject({ importId: 2, reasons: { already_invited: 60 } });
});

test('each row’s message goes before --message, and that before MESSAGE, unchanged', async () => {
  const odd = 'Héllo, "Anna" & Бори́с! 🎉 100 % #1 a+b\n$result[c0] [x]=1';
  const csv = `user,group,message\n2,1,"${odd.replaceAll('"', '""')}"\n3,1,\n3,2,own\n2,2,\n`;
  await using office = await openOffice(
    { seed: plainSeed({ users: 3, groups: 2 }) },
    { MESSAGE: 'from the environment' },
  );
  const file = office.file('a.csv', csv);
  await office.program.call('run', file, '--message', 'from the option & more');
  const { notifications } = await office.truth();
  const messages = notifications.map((sent) => `${sent.groupId}/${sent.userId} ${sent.message}`);
  expect(messages.toSorted()).toEqual(
    [
      `1/2 ${odd}`,
      '1/3 from the option & more',
      '2/2 from the option & more',
      '2/3 own',
    ].toSorted(),
  );
});

test('imports, status and results show what there is', async () => {
  await using office = await openOffice();
  await office.program.call('run', ONBOARDING);
  const imports = await office.program.call('imports');
  expect(imports.stdout).toMatch(/1 +finished +380 +328 +0 .* onboarding\.csv\n/);
  const status = await office.program.call('status', '1');
  expect(status.stdout).toContain('finished');
  expect(status.stdout).toContain('user_not_found 5');
  const failed = await office.program.call('results', '1', '--outcome', 'failed');
  expect(failed.stdout.split('\r\n').filter(Boolean)).toHaveLength(20);
  const caller = await office.program.call('results', '1', '--reason', 'caller');
  expect(caller.stdout.match(/skipped,caller/g)).toHaveLength(2);
});
