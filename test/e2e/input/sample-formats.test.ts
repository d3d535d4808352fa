import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openHarness, summaryOf } from '../../support/program-harness.ts';
import { type SheetOptions, xlsx } from '../../support/workbooks/write-xlsx.ts';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../fixtures/formats/${name}`, import.meta.url));

test('the sample with several values per cell invites each combination', async () => {
  await using harness = await openHarness();
  const ended = await harness.program.call('run', fixture('several-per-cell.csv'), '--json');
  expect(summaryOf(ended)).toMatchObject({
    rows: 5,
    pairs: 12,
    reasons: { returned: 11, of_line_N: 1 },
  });
  const { notifications } = await harness.truth();
  expect(notifications.map(({ groupId, userId }) => `${groupId}/${userId}`).toSorted()).toEqual([
    '15/152',
    '15/153',
    '15/154',
    '15/159',
    '18/155',
    '2/155',
    '23/156',
    '23/157',
    '31/158',
    '7/156',
    '7/157',
  ]);
});

test('a workbook invites by its visible rows, and the results have the cells of the sheet', async () => {
  const team: SheetOptions = {
    name: 'Team',
    rows: [
      ['Group', 'Email or ID', 'Message', 'Note'],
      [15, 152, 'Hello, Anna', ''],
      [],
      [18, 153, '', 'hidden by a filter'],
      [15, 154, 'Hi', 'new'],
    ],
    hiddenRows: [4],
  };
  const sheets: SheetOptions[] = [
    {
      name: 'Old',
      rows: [
        ['group', 'user'],
        [23, 155],
      ],
      state: 'hidden',
    },
    { name: 'Read me', rows: [['Invitations of the team']] },
    team,
  ];
  await using harness = await openHarness();
  const file = harness.file('team.xlsx', xlsx(sheets, { compressed: true }));
  const refused = await harness.program.call('run', file, '--json');
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain('sheets: “Old”, “Read me”, “Team”');
  const options = ['--sheet', 'Team', '--user-column', 'Email or ID'];
  const ended = await harness.program.call('run', file, ...options, '--json');
  expect(ended.stderr).toContain('sheet “Team” (not read: “Read me”; hidden, not read: “Old”)');
  expect(summaryOf(ended)).toMatchObject({ rows: 3, reasons: { returned: 2, hidden_row: 1 } });
  const { notifications } = await harness.truth();
  expect(
    notifications.map(({ groupId, userId, message }) => [groupId, userId, message]),
  ).toMatchObject([
    [15, 152, expect.stringContaining('Hello, Anna')],
    [15, 154, expect.stringContaining('Hi')],
  ]);
  const rejected = await harness.program.call('results', '1', '--outcome', 'rejected');
  expect(rejected.stdout).toMatch(/,Message,Note\r\n4,18,153,rejected,hidden_row,/);
  expect(rejected.stdout).toMatch(/,hidden by a filter\r\n$/);
});
