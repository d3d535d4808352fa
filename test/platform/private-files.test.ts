import * as fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  createPrivateFile,
  makeFolder,
  makePrivateFolder,
  writePrivateFile,
} from '../../src/platform/private-files.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'bulk-invite-private-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const modeOf = (name: string) => (fs.statSync(at(name)).mode & 0o777).toString(8);

test('creates a folder with its parents for its owner; keeps an existing one or makes it private', () => {
  makeFolder(at('a/b'));
  expect([modeOf('a'), modeOf('a/b')]).toEqual(['700', '700']);
  fs.chmodSync(at('a'), 0o755);
  makeFolder(at('a'));
  expect(modeOf('a')).toBe('755');
  makePrivateFolder(at('a'));
  expect(modeOf('a')).toBe('700');
});

test('creates an empty file, or keeps the content, for its owner', () => {
  createPrivateFile(at('new'));
  fs.writeFileSync(at('old'), 'content');
  fs.chmodSync(at('old'), 0o644);
  createPrivateFile(at('old'));
  expect([modeOf('new'), modeOf('old')]).toEqual(['600', '600']);
  expect(fs.readFileSync(at('old'), 'utf8')).toBe('content');
});

test('writes a file completely, and replaces or keeps an existing one', () => {
  writePrivateFile(at('file'), 'first', 'keep');
  writePrivateFile(at('file'), 'second', 'keep');
  expect(fs.readFileSync(at('file'), 'utf8')).toBe('first');
  fs.chmodSync(at('file'), 0o644);
  writePrivateFile(at('file'), 'third', 'replace');
  expect([fs.readFileSync(at('file'), 'utf8'), modeOf('file')]).toEqual(['third', '600']);
  expect(fs.readdirSync(folder)).toEqual(['file']);
  expect(() => writePrivateFile(at('none/file'), 'x', 'replace')).toThrow('ENOENT');
});

test.each(['EPERM', 'ENOTSUP', 'ENOSYS'])(
  'creates or keeps a file also on a disk without hard links (%s)',
  (code) => {
    // The answer of exFAT and some network shares, which a test cannot mount everywhere.
    const linked = vi
      .spyOn(process.getBuiltinModule('node:fs'), 'linkSync')
      .mockImplementation(() => {
        throw Object.assign(new Error(`${code}: link`), { code });
      });
    syncBuiltinESMExports();
    try {
      writePrivateFile(at('file'), 'first', 'keep');
      writePrivateFile(at('file'), 'second', 'keep');
    } finally {
      linked.mockRestore();
      syncBuiltinESMExports();
    }
    expect([fs.readFileSync(at('file'), 'utf8'), modeOf('file')]).toEqual(['first', '600']);
    expect(fs.readdirSync(folder)).toEqual(['file']);
  },
);
