import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import { openLedger } from '../../../src/ledger/db/database.ts';
import { up as firstLedger } from '../../../src/ledger/db/migrations/0001-ledger.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { readAudit } from '../../../src/ledger/imports/audit.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { POSTGRES_PARTS, postgresDialect } from '../../../src/ledger/postgres/postgres.ts';
import { readRecords } from '../../../src/ledger/results/read-records.ts';
import { searchPerson } from '../../../src/ledger/results/search-person.ts';
import { SQLITE_PARTS, sqliteDialect } from '../../../src/ledger/sqlite/sqlite.ts';
import { type LedgerPlace, makePlace } from '../../support/ledger/test-ledger.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { claimed, removeImport } from '../sample-pairs.ts';

let place: LedgerPlace;

beforeEach(async () => {
  place = await makePlace();
});
afterEach(() => place[Symbol.asyncDispose]());

const parts = isOnPostgres ? POSTGRES_PARTS : SQLITE_PARTS;
const dialectOf = (place: string) =>
  isOnPostgres ? postgresDialect(place, 'the ledger') : sqliteDialect(place);

/** A ledger as the first version of the program left it, in the midst of import 1. */
async function makeFirstLedger(): Promise<void> {
  const db = new Kysely<unknown>({ dialect: dialectOf(place.place) });
  const step = { up: (on: Kysely<unknown>) => firstLedger(on, parts) };
  const provider = { getMigrations: async () => ({ '0001-ledger': step }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  await sql`insert into imports values
    (1, 'team.csv', 'd1', 'example.bitrix24.com', 'Welcome', 'running', 4, 1, 2, null, 0)`.execute(
    db,
  );
  await sql`insert into messages values (5, 1, 'd', 'Own text')`.execute(db);
  await sql`insert into pairs values
    (1, 1, 2, 20, 1, null, 'invited', 'returned', null, 1, 1000),
    (1, 2, 3, 3, 7, 5, 'pending', null, 'late', 2, null),
    (1, 4, 9, 3, 6, null, 'pending', null, null, 0, null)`.execute(db);
  await sql`insert into row_issues values
    (1, 3, 4, 'duplicate', 'of_line_2', null, '20', '1'),
    (1, 5, 6, 'rejected', 'unknown_email', 'said "so"', '20', ' Анна@Пример.рф')`.execute(db);
  await sql`insert into tallies values
    (1, 'pending', '', 2), (1, 'invited', 'returned', 1), (1, 'duplicate', 'of_line_N', 1),
    (1, 'rejected', 'unknown_email', 1)`.execute(db);
  await sql`insert into chunks values (1, 0, 3, 6, 20, 1, 2, null)`.execute(db);
  await sql`insert into audit (import_id, at, actor, action, detail) values
    (1, 0, 'cli', 'import', 'team.csv, 4 rows'), (1, 1, 'admin', 'replace', '12'),
    (1, 2, 'cli', 'pause', null)`.execute(db);
  await db.destroy();
}

describe('a ledger of the first version', () => {
  test('is upgraded with all that it holds, and its import goes on', async () => {
    await makeFirstLedger();
    const db = await openLedger(place.place);
    try {
      const range = await claimed(db, 1);
      expect(await readSendable(db, range)).toEqual([
        { seq: 4, groupId: 3, userId: 6, message: 'Welcome', attempts: 0 },
        { seq: 2, groupId: 3, userId: 7, message: 'Own text', attempts: 2 },
      ]);
      const records = [];
      for await (const record of readRecords(db, 1)) records.push(record);
      expect(records).toMatchObject([
        { seq: 1, line: 2, outcome: 'invited', attempts: 1, settledAt: new Date(1000) },
        { seq: 2, line: 3, outcome: 'pending', details: [verbatim('late')] },
        { seq: 3, line: 4, outcome: 'duplicate', reason: 'of_line_2' },
        { seq: 4, line: 9, groupId: '3', userId: '6', outcome: 'pending' },
        {
          ...{ seq: 5, line: 6, userId: ' Анна@Пример.рф', outcome: 'rejected' },
          details: [verbatim('said "so"')],
        },
      ]);
      expect((await readAudit(db, 1)).map(({ detail }) => detail)).toEqual([
        verbatim('team.csv, 4 rows'),
        { code: 'replaces', params: { id: 12 } },
        null,
      ]);
      const page = { limit: 5 };
      const found = await searchPerson(db, { userIds: [], email: 'АННА@пример.рф' }, page);
      expect(found.records).toMatchObject([{ seq: 5 }]);
      const verdict = { outcome: 'invited', reason: 'returned' } as const;
      await recordOutcomes(db, range, [
        { seq: 2, verdict },
        { seq: 4, verdict },
      ]);
      expect(await findImport(db, 1)).toMatchObject({ state: 'finished', workedMs: null });

      await removeImport(db, 1);
      expect(await db.selectFrom('pairs').selectAll().execute()).toEqual([]);
      expect(await db.selectFrom('pair_keys').selectAll().execute()).toEqual([]);
    } finally {
      await db.destroy();
    }
  });
});
