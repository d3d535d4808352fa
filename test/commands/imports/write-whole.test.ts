import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeWhole } from '../../../src/commands/imports/results-command.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'bulk-invite-results-'));

test('two writers of the same results, as of two runs of one file, both succeed', async () => {
  const path = join(folder(), 'results', 'a-1.csv');
  const both = Promise.withResolvers<void>();
  let begun = 0;
  async function* pieces() {
    yield 'first ';
    begun += 1;
    if (begun === 2) both.resolve();
    await both.promise;
    yield 'second';
  }
  expect(await Promise.all([writeWhole(pieces(), path), writeWhole(pieces(), path)])).toEqual([
    path,
    path,
  ]);
  expect(readFileSync(path, 'utf8')).toBe('first second');
  expect(readdirSync(join(path, '..'))).toEqual(['a-1.csv']);
});

test('a writer that fails leaves nothing', async () => {
  const directory = folder();
  const path = join(directory, 'a-1.csv');
  async function* pieces() {
    yield 'first';
    throw new Error('no more');
  }
  await expect(writeWhole(pieces(), path)).rejects.toThrow('no more');
  expect(readdirSync(directory)).toEqual([]);
});
