import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { requireWritable } from '../../src/commands/require-access.ts';

test('results never overwrite the input file, under whatever name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-access-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const input = join(folder, 'team.csv');
  writeFileSync(input, '15,3\n');
  linkSync(input, join(folder, 'link.csv'));
  for (const path of [input, join(folder, '.', 'team.csv'), join(folder, 'link.csv')]) {
    expect(() => requireWritable(path, '--out', { input })).toThrow(`${path} is the input file.`);
  }
  expect(() => requireWritable(join(folder, 'results.csv'), '--out', { input })).not.toThrow();
  expect(() => requireWritable(input, '--out', { input: '-', force: true })).not.toThrow();
});

test.each<[string, string, boolean]>([
  ['results', '\ufeffline,group_id,user_id,outcome,reason,detail,attempts,settled_at,x\r\n', true],
  [
    'results with semicolons',
    'line;group_id;user_id;outcome;reason;detail;attempts;settled_at\n',
    true,
  ],
  ['a workbook of results', 'PK… Bulk Invite results', true],
  ['an empty file', '', true],
  ['another table', 'line,group_id,user_id\n', false],
  ['another workbook', 'PK…', false],
])('replaces %s without --force, or refuses to', (_, content, isAllowed) => {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-access-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'file');
  writeFileSync(path, content);
  const check = () => requireWritable(path, '--out');
  if (isAllowed) expect(check).not.toThrow();
  else expect(check).toThrow(`${path} already exists and is not a results file.`);
  expect(() => requireWritable(path, '--out', { force: true })).not.toThrow();
});
