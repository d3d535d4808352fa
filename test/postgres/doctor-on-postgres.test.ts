import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { soundSettings } from '../../src/doctor/doctor-settings.ts';
import { examineLedger } from '../../src/doctor/examine-ledger.ts';
import { type Clock, SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import { openLedger } from '../../src/ledger/db/database.ts';
import { examined } from '../doctor/examined.ts';
import { createDatabase } from '../support/postgres/on-postgres.ts';
import { freePort } from '../support/services/free-port.ts';

const examine = (url: string, clock: Clock = SYSTEM_CLOCK) =>
  examined((examination) =>
    examineLedger(examination, soundSettings(readConfig({ LEDGER_URL: url }, '')), {
      ...{ open: undefined, searchBytes: 0, clock },
    }),
  );

test('inspects a ledger in Postgres without changing it', async () => {
  await using database = await createDatabase();
  const { url } = database;
  const sound = {
    ledger: 'ledger_opens',
    ledger_integrity: 'ledger_on_server',
    ledger_rights: 'ledger_writable',
    ledger_clock: 'clock_agrees',
  };
  const empty = { ...sound, ledger_version: 'ledger_empty' };
  expect(await examine(url)).toEqual(empty);
  // Nothing was created.
  expect(await examine(url)).toEqual(empty);
  await (await openLedger(url)).destroy();
  expect(await examine(url)).toEqual({ ...sound, ledger_version: 'ledger_current' });
  const late: Clock = { ...SYSTEM_CLOCK, now: () => SYSTEM_CLOCK.now() - 120_000 };
  expect(await examine(url, late)).toMatchObject({ ledger_clock: 'clock_ahead' });
});

test('reports a missing ledger, and skips the checks that depend on it', async () => {
  expect(await examine(`postgres://anna:secret@127.0.0.1:${await freePort()}/none`)).toEqual({
    ...{ ledger: 'problem', ledger_version: 'not_checked', ledger_integrity: 'not_checked' },
    ...{ ledger_rights: 'not_checked', ledger_clock: 'not_checked' },
  });
});
