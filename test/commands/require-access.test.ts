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
    expect(() => requireWritable(path, '--out', input)).toThrow(`${path} is the input file.`);
  }
  expect(() => requireWritable(join(folder, 'results.csv'), '--out', input)).not.toThrow();
  expect(() => requireWritable(input, '--out', '-')).not.toThrow();
});
