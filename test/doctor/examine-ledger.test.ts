import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { soundSettings } from '../../src/doctor/doctor-settings.ts';
import { Examination } from '../../src/doctor/examination.ts';
import { examineLedger, type LedgerOptions } from '../../src/doctor/examine-ledger.ts';
import { SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import { openLedger } from '../../src/ledger/db/database.ts';
import { finding } from '../../src/messages/findings.ts';
import { codesOf } from './examined.ts';

const folder = mkdtempSync(join(tmpdir(), 'set-up-ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function examine(dataDir: string, options: Partial<LedgerOptions> = {}) {
  const examination = new Examination((text) => text);
  const path = dataDir;
  examination.add('data_dir', finding('data_dir_usable', { path, owner: '1', mode: '0700' }));
  await examineLedger(examination, soundSettings(readConfig({ DATA_DIR: dataDir }, '')), {
    ...{ open: undefined, searchBytes: 1e9, clock: SYSTEM_CLOCK, ...options },
  });
  const { data_dir: _, ...codes } = codesOf(examination);
  return codes;
}

async function makeLedger(name: string): Promise<{ dataDir: string; file: string }> {
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  const file = join(dataDir, 'ledger.db');
  await (await openLedger(file)).destroy();
  return { dataDir, file };
}

function change(file: string, statement: string): void {
  using ledger = new DatabaseSync(file);
  ledger.exec(statement);
}

const SOUND = {
  ledger: 'ledger_opens',
  ledger_version: 'ledger_current',
  ledger_integrity: 'ledger_sound',
  ledger_rights: 'ledger_writable',
  ledger_clock: 'ledger_same_clock',
};

test('a ledger of this version is sound, and is not changed', async () => {
  const { dataDir, file } = await makeLedger('sound');
  const before = readFileSync(file);
  expect(await examine(dataDir)).toEqual(SOUND);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(await examine(dataDir, { searchBytes: 1_000 })).toEqual({
    ...SOUND,
    ledger_integrity: 'ledger_not_searched',
  });
});

test('a ledger that this process has open is checked through it, also during a transaction', async () => {
  const { dataDir, file } = await makeLedger('open');
  const db = await openLedger(file);
  try {
    const examination = await db.transaction().execute(async (transaction) => {
      await transaction.updateTable('ledger').set({ id: 'x' }).execute();
      return { codes: examine(dataDir, { open: db }) };
    });
    expect(await examination.codes).toEqual(SOUND);
    expect(await db.selectFrom('ledger').select('id').execute()).toEqual([{ id: 'x' }]);
  } finally {
    await db.destroy();
  }
});

test('the write check commits, since a rollback would not notice a full disk', async () => {
  const { dataDir, file } = await makeLedger('committed');
  using watcher = new DatabaseSync(file);
  const version = () => watcher.prepare('pragma data_version').get();
  const before = version();
  expect(version()).toEqual(before);
  expect(await examine(dataDir)).toEqual(SOUND);
  expect(version()).not.toEqual(before);
});

test('a missing ledger is not created', async () => {
  expect(await examine(join(folder, 'none'))).toEqual({ ledger: 'ledger_none' });
});

test('an older ledger is not upgraded by the check', async () => {
  const { dataDir, file } = await makeLedger('older');
  const last = '(select max(name) from kysely_migration)';
  change(file, `delete from kysely_migration where name = ${last}`);
  expect(await examine(dataDir)).toMatchObject({ ledger_version: 'ledger_older' });
  expect(await examine(dataDir)).toMatchObject({ ledger_version: 'ledger_older' });
});

test('a newer ledger is refused, and dependent checks are skipped', async () => {
  const { dataDir, file } = await makeLedger('newer');
  change(file, "insert into kysely_migration values ('9999-later', '2030-01-01')");
  expect(await examine(dataDir)).toMatchObject({
    ...{ ledger: 'ledger_opens', ledger_version: 'problem' },
    ...{ ledger_integrity: 'not_checked', ledger_rights: 'not_checked' },
  });
});

test('a file that is not a ledger is reported, and dependent checks are skipped', async () => {
  const { dataDir, file } = await makeLedger('damaged');
  writeFileSync(
    file,
    'This is no database, but a text that is longer than a hundred bytes. '.repeat(9),
  );
  expect(await examine(dataDir)).toMatchObject({ ledger: 'problem', ledger_rights: 'not_checked' });
});

test('damage within a ledger is found', async () => {
  const { dataDir, file } = await makeLedger('holes');
  const bytes = readFileSync(file);
  // A page of some table; the first ones contain the schema.
  bytes.fill(0x5a, 20 * 4_096, 21 * 4_096);
  writeFileSync(file, bytes);
  expect(await examine(dataDir)).toMatchObject({ ledger_integrity: 'ledger_damaged' });
});
