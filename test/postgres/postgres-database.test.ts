import { inspect } from 'node:util';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../src/domain/errors/problem.ts';
import { openLedger } from '../../src/ledger/db/database.ts';
import { ledgerId } from '../../src/ledger/db/identity.ts';
import { LedgerUnreachable } from '../../src/ledger/db/ledger-unreachable.ts';
import { MIGRATIONS } from '../../src/ledger/db/migrations/index.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { createImport, findImport, listImports } from '../../src/ledger/imports/import-store.ts';
import { insertRowIssues } from '../../src/ledger/pairs/row-issues.ts';
import { SOURCE } from '../ledger/sample-pairs.ts';
import type { TestDatabase } from '../support/ledger/test-database.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';
import { createDatabase } from '../support/postgres/on-postgres.ts';
import { PASSWORD } from '../support/postgres/postgres-server.ts';
import { freePort } from '../support/services/free-port.ts';

let database: TestDatabase;
let opened: Db[];

beforeEach(() => {
  opened = [];
});
afterEach(async () => {
  for (const db of opened) await db.destroy();
});
const remove = () => database[Symbol.asyncDispose]();

async function open(url = database.url): Promise<Db> {
  const db = await openLedger(url);
  opened.push(db);
  return db;
}

/** @returns the Problem of a failure; checks that it does not contain the password */
async function problemOf(act: Promise<unknown>): Promise<Problem> {
  const problem = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(problem instanceof Problem)) throw new Error(`no Problem: ${inspect(problem)}`);
  const shown = inspect(problem, { depth: 9, showHidden: true });
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), 'wr0ng']) {
    expect(shown).not.toContain(secret);
  }
  return problem;
}

/** The URL of the same database, with a change. */
function otherwise(change: (url: URL) => void): string {
  const url = new URL(database.url);
  change(url);
  return url.href;
}

const steps = async () =>
  (await database.query('select name from kysely_migration order by name')).map(({ name }) => name);

describe('openLedger', () => {
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(remove);

  test('creates a ledger in an empty database, and opens it again with all its data', async () => {
    const before = await openLedger(database.url);
    const name = await ledgerId(before);
    const id = await createImport(before, SOURCE);
    await before.destroy();
    expect(await steps()).toEqual(Object.keys(MIGRATIONS));

    const after = await open();
    expect(await ledgerId(after)).toBe(name);
    expect(await listImports(after)).toMatchObject([{ id, ...SOURCE, state: 'reading' }]);
  });

  test('creates one ledger when several open it at once', async () => {
    // Each has its own connections, like a process.
    const all = await Promise.all([open(), open(), open(), open()]);
    for (const db of all) await createImport(db, SOURCE);
    expect(await listImports(await open())).toHaveLength(4);
    expect(await steps()).toEqual(Object.keys(MIGRATIONS));
  });

  test('does not change a ledger that a newer program has changed', async () => {
    await (await openLedger(database.url)).destroy();
    await database.query("insert into kysely_migration values ('9999-next-year', '2099-01-01')");
    const { message } = await problemOf(openLedger(database.url));
    expect(message).toMatch(
      /^The ledger postgres:\/\/127\.0\.0\.1:\d+\/\w+ was written by a newer/,
    );
    expect(message).toContain('9999-next-year');
  });

  test('does not change the tables of another program', async () => {
    await database.query('create table imports (id integer)');
    const { message, remedy } = await problemOf(openLedger(database.url));
    expect(message).toContain('is the database of another program');
    expect(remedy).toContain('LEDGER_URL');
  });

  test('shares a database with other schemas, and with views of the server', async () => {
    await database.query('create schema other');
    await database.query('create table other.imports (id integer)');
    await database.query('create table other.kysely_migration (name text, timestamp text)');
    await database.query('create view pg_stat_something as select 1 as one');
    expect(await listImports(await open())).toEqual([]);
    const own = otherwise((url) => url.searchParams.set('options', '-c search_path=theirs'));
    await database.query('create schema theirs');
    await createImport(await open(own), SOURCE);
    expect(await listImports(await open())).toEqual([]);
    expect(await listImports(await open(own))).toHaveLength(1);
  });
});

describe('a Postgres that cannot be used', () => {
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(remove);

  test.each<[what: string, url: () => string, message: RegExp]>([
    ['a wrong password', () => otherwise((url) => (url.password = 'wr0ng')), /does not let us in/],
    ['no password', () => otherwise((url) => (url.password = '')), /does not let us in/],
    ['an unknown user', () => otherwise((url) => (url.username = 'nemo')), /does not let us in/],
    [
      'no such database',
      () => otherwise((url) => (url.pathname = '/nothing')),
      /^The server has no database for the ledger postgres:\/\/127.0.0.1:\d+\/nothing\.$/,
    ],
    [
      'no such host',
      () => otherwise((url) => (url.hostname = 'db.invalid')),
      /db\.invalid:\d+\/\w+ cannot be reached/,
    ],
    [
      'no TLS where it is required',
      () => otherwise((url) => url.searchParams.set('sslmode', 'verify-full')),
      /cannot be reached \(.*SSL/,
    ],
  ])('is reported: %s', async (_, url, message) => {
    expect((await problemOf(openLedger(url()))).message).toMatch(message);
  });

  test('is reported: connection refused', async () => {
    const port = String(await freePort());
    const problem = await problemOf(openLedger(otherwise((url) => (url.port = port))));
    expect(problem).toBeInstanceOf(LedgerUnreachable);
    expect(problem.message).toMatch(/cannot be reached \(.*ECONNREFUSED/);
  });

  test('is reported: a user without rights', async () => {
    const user = `poor_${database.url.slice(-8)}`;
    await database.query(`create user ${user} password '${PASSWORD}'`);
    await database.query('revoke create on schema public from public');
    const { message, remedy } = await problemOf(
      openLedger(otherwise((url) => (url.username = user))),
    );
    expect(message).toMatch(/does not allow what is needed \(permission denied for schema public/);
    expect(remedy).toContain('grant');
    await database.query(`drop user ${user}`);
  });

  test('is reported: a read-only server', async () => {
    const readOnly = otherwise((url) =>
      url.searchParams.set('options', '-c default_transaction_read_only=on'),
    );
    expect((await problemOf(openLedger(readOnly))).message).toContain('can only be read');
  });
});

describe('a ledger on Postgres', () => {
  let ledger: TestLedger;
  let db: Db;
  beforeEach(async () => {
    ledger = await openTestLedger();
    db = ledger.db;
  });
  afterEach(() => ledger[Symbol.asyncDispose]());

  test('returns sums and counts as numbers', async () => {
    await createImport(db, SOURCE);
    const row = await db
      .selectFrom('imports')
      .select((eb) => [eb.fn.countAll().as('count'), eb.fn.sum('created_at').as('sum')])
      .select((eb) => eb.fn.max('created_at').as('max'))
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ count: 1, sum: row.max, max: expect.any(Number) });
  });

  test('stores the contents of a damaged file', async () => {
    const id = await createImport(db, { ...SOURCE, fileName: 'a\0b.csv' });
    const issue = {
      import_id: id,
      seq: 1,
      line: 2,
      outcome: 'rejected',
      reason: 'bad_row',
    } as const;
    const cells = { detail: null, group_cell: 'x\0\uD800{"\\,', user_cell: 'null' };
    await insertRowIssues(db, [{ ...issue, ...cells }]);
    expect(await db.selectFrom('row_issues').selectAll().execute()).toEqual([
      { ...issue, ...cells, user_key: 'null', group_cell: 'x\uFFFD\uFFFD{"\\,' },
    ]);
    expect(await findImport(db, id)).toMatchObject({ fileName: 'a\uFFFDb.csv' });
  });

  test('finds no import under an id that is too large', async () => {
    expect(await findImport(db, 999_999_999_999)).toBeUndefined();
  });

  test('matches nothing with an empty list', async () => {
    await createImport(db, SOURCE);
    const ids = async (operator: 'in' | 'not in') =>
      db.selectFrom('imports').select('id').where('id', operator, []).execute();
    expect(await ids('in')).toEqual([]);
    expect(await ids('not in')).toHaveLength(1);
  });
});

test('a ledger continues after its connections are lost, and fails the statements in progress', async () => {
  await using own = await createDatabase();
  const db = await open(own.url);
  await createImport(db, SOURCE);
  const sleeping = problemOf(sql`select pg_sleep(30)`.execute(db));
  const inTransaction = problemOf(
    db.transaction().execute(async (tx) => {
      await createImport(tx, SOURCE);
      await own.lose(0);
      await createImport(tx, SOURCE);
    }),
  );
  for (const problem of await Promise.all([sleeping, inTransaction])) {
    expect(problem).toBeInstanceOf(LedgerUnreachable);
    expect(problem.remedy).toContain('nothing that was recorded is lost');
  }
  await createImport(db, SOURCE);
  await own.lose(100);
  // No statement was in progress: no error.
  expect(await listImports(db)).toHaveLength(2);
});
