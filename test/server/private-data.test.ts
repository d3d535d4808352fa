import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { writeResults } from '../../src/commands/imports/results-command.ts';
import { addImport } from '../support/ledger/add-import.ts';
import { crowd, TestServer } from '../support/server.ts';

/** @returns what others than the owner may do anything with, below a folder */
const openToOthers = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => ((lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0)
    .map((path) => relative(folder, path));

test('nothing that a server, its Redis and its users make in a DATA_DIR from before is for others', async () => {
  const home = mkdtempSync(join(tmpdir(), 'bulk-invite-modes-'));
  const dataDir = join(home, 'data');
  mkdirSync(dataDir);
  // As a start with the usual umask left them.
  for (const name of ['redis', 'sources', 'login-links']) mkdirSync(join(dataDir, name));
  for (const path of ['', 'redis', 'sources', 'login-links']) chmodSync(join(dataDir, path), 0o755);
  const settings = { DATA_DIR: dataDir, ADMIN_TOKEN: '' };
  {
    await using server = await TestServer.open({ settings });
    const id = await addImport(server.app, server.config, crowd([2], [3, 4]));
    await writeResults(server.app.db, id, join(dataDir, 'results', 'people-1.csv'));
    const made = readdirSync(dataDir);
    expect(made).toEqual(
      expect.arrayContaining([
        'ledger.db',
        'login-links',
        'redis',
        'results',
        'session.key',
        'sources',
      ]),
    );
    expect(openToOthers(dataDir)).toEqual([]);
  }
  rmSync(home, { recursive: true });
});

test('a DATA_DIR that a start makes is for its owner only', async () => {
  await using server = await TestServer.open({ worker: false });
  expect(statSync(server.config.dataDir).mode & 0o777).toBe(0o700);
});
