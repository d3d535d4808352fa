import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { openHarness, summaryOf } from '../../support/program-harness.ts';
import { readJson } from '../checked.ts';

test('run and check read stdin, JSON too, and remember the columns that were named', async () => {
  await using harness = await openHarness();
  const json = `[{"group_id":15,"user_id":[152,153],"team":"North"},\n{"group_id":15,"user_id":null}]`;
  const { program } = harness;

  const checked = await program.feed(json, 'check', '-');
  expect(checked.stdout).toMatch(
    /Check · stdin → .*\nRead as utf-8, JSON array; group: “group_id”/,
  );
  expect(checked.stdout).toContain('line 2  missing_user: “user_id” is null');

  const ended = await program.feed(json, 'run', '-', '--json');
  const { results } = summaryOf(ended);
  expect(basename(results)).toBe('stdin-1.csv');
  expect(summaryOf(ended)).toMatchObject({ rows: 2, pairs: 3, reasons: { missing_user: 1 } });

  // The columns that were named are taken again for the same header, until they are not wanted.
  const named = 'team,colleague\nA,15\n'.replace('A,', '154,');
  const columns = ['--group-column', '2', '--user-column', '1'];
  await program.feed(named, 'run', '-', ...columns);
  const again = await program.feed('Team,Colleague\n155,15\n', 'check', '-');
  expect(again.stdout).toMatch(
    /group: “Colleague”, user: “Team”\nAs chosen for this header before: group column, user column/,
  );
  const listed = await program.feed('team,colleague\n155,15\n', 'check', '-', '--json');
  expect(readJson(listed).remembered).toEqual({ columns: { group: '2', user: '1' } });
  const ignored = await program.feed('team,colleague\n155,15\n', 'check', '-', '--no-remembered');
  expect(ignored.stderr).toContain('no column for the group');

  const broken = await program.feed(`${json},`, 'run', '-');
  expect([broken.code, broken.stderr]).toEqual([
    1,
    expect.stringContaining('stdin, line 2, column 32: the text is not valid JSON.'),
  ]);
  const all = await program.call('results', '1', '--outcome', 'invited');
  expect(all.stdout).toContain('team\r\n1,15,152,invited');
});
