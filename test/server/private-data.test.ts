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
import { requireImport } from '../../src/commands/imports/find-import.ts';
import { writeResults } from '../../src/commands/imports/results-command.ts';
import { addImport } from '../support/ledger/add-import.ts';
import { crowd, TestServer } from '../support/server.ts';

/** @returns the files and folders below a folder that other users have any access to */
const openToOthers = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => ((lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0)
    .map((path) => relative(folder, path));

test('a server, its Redis and its users create only private files in an existing DATA_DIR', async () => {
  const home = mkdtempSync(join(tmpdir(), 'bulk-invite-modes-'));
  const dataDir = join(home, 'data');
  mkdirSync(dataDir);
  // As an earlier start with the usual umask created them.
  for (const name of ['redis', 'sources', 'login-links']) mkdirSync(join(dataDir, name));
  for (const path of ['', 'redis', 'sources', 'login-links']) chmodSync(join(dataDir, path), 0o755);
  const settings = { DATA_DIR: dataDir, ADMIN_TOKEN: '' };
  {
    await using server = await TestServer.open({ settings });
    const id = await addImport(server.app, server.config, crowd([2], [3, 4]));
    const found = await requireImport(server.app.db, String(id));
    await writeResults(
      server.app.db,
      found,
      server.config,
      join(dataDir, 'results', 'people-1.csv'),
    );
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

test('a new DATA_DIR is for its owner only', async () => {
  await using server = await TestServer.open({ worker: false });
  expect(statSync(server.config.dataDir).mode & 0o777).toBe(0o700);
});
