import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../../src/domain/errors/problem.ts';
import { explainLedgerError, openLedger } from '../../../src/ledger/db/database.ts';
import { ledgerId } from '../../../src/ledger/db/identity.ts';
import { migrate } from '../../../src/ledger/db/migrate.ts';
import { MIGRATIONS } from '../../../src/ledger/db/migrations/index.ts';
import type { Db, Schema } from '../../../src/ledger/db/schema.ts';
import { createImport, listImports } from '../../../src/ledger/imports/import-store.ts';
import { SQLITE_PARTS, sqliteDialect } from '../../../src/ledger/sqlite/sqlite.ts';
import { problem } from '../../../src/messages/problems.ts';
import { COMPILE_CACHE } from '../../support/entry-points.ts';
import { claimed, importOf, keys, SOURCE } from '../sample-pairs.ts';

let home: string;
let path: string;
let releasers: (() => unknown)[];

beforeEach(() => {
  home = fs.mkdtempSync(join(tmpdir(), 'ledger-'));
  path = join(home, 'data/ledger.db');
  fs.mkdirSync(join(home, 'data'));
  releasers = [];
});

afterEach(async () => {
  for (const release of releasers.reverse()) await release();
  fs.rmSync(home, { recursive: true });
});

async function open(file = path): Promise<Db> {
  const db = await openLedger(file);
  releasers.push(() => db.destroy());
  return db;
}

/** Opens the file with plain SQLite, like any other program. */
function rawly<T>(use: (file: DatabaseSync) => T): T {
  const file = new DatabaseSync(path);
  try {
    return use(file);
  } finally {
    file.close();
  }
}

const tablesInFile = () =>
  rawly((file) =>
    file
      .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite%'")
      .all()
      .map(({ name }) => String(name))
      .sort(),
  );

const TABLES = [
  'audit',
  'checks',
  'chunks',
  'corrections',
  'earlier_relations',
  'group_checks',
  'group_names',
  'group_tallies',
  'group_waits',
  'holds',
  'idempotency_keys',
  'import_choices',
  'import_emails',
  'import_redirects',
  'imports',
  'kysely_migration',
  'kysely_migration_lock',
  'ledger',
  'messages',
  'minute_tallies',
  'notices',
  'order_chunks',
  'order_pairs',
  'orders',
  'pair_keys',
  'pairs',
  'remembered_choices',
  'retries',
  'retry_pairs',
  'row_issues',
  'sent_pairs',
  'tallies',
  'trial_pairs',
  'user_blocks',
  'user_checks',
  'user_names',
];

/** A process that imports the ledger's functions, prints `ready`, and runs `then` after input on stdin. */
function otherProcess(then: string) {
  const from = (module: string) => new URL(`../../../src/ledger/${module}`, import.meta.url).href;
  const code = `
    import { openLedger } from '${from('db/database.ts')}';
    import { createImport } from '${from('imports/import-store.ts')}';
    const path = ${JSON.stringify(path)};
    const source = ${JSON.stringify(SOURCE)};
    console.log('ready');
    process.stdin.once('data', async () => {
      ${then}
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
  });
  releasers.push(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  const says = async (word: string): Promise<void> => {
    while (!output.includes(word)) {
      const ended = once(child.stdout, 'end').then(() => {
        throw new Error(`the other process ended without saying ${word}: ${output}`);
      });
      await Promise.race([once(child.stdout, 'data'), ended]);
    }
  };
  return { child, says, start: () => child.stdin.write('go') };
}

describe('openLedger', () => {
  test('creates a missing ledger and its folder', async () => {
    path = join(home, 'new/folder/ledger.db');
    const db = await open();
    expect(tablesInFile()).toEqual(TABLES);
    expect(await ledgerId(db)).toMatch(/^[0-9a-f]{8}$/);
  });

  test('treats an empty file as a missing ledger', async () => {
    fs.writeFileSync(path, '');
    expect(await listImports(await open())).toEqual([]);
  });

  test('opens an existing ledger with all its data and the same id', async () => {
    const before = await openLedger(path);
    const name = await ledgerId(before);
    const id = await createImport(before, SOURCE);
    await before.destroy();

    const after = await open();
    expect(await ledgerId(after)).toBe(name);
    expect(await listImports(after)).toMatchObject([{ id, ...SOURCE, state: 'reading' }]);
  });

  test('gives every ledger a different id', async () => {
    const other = await open(join(home, 'other.db'));
    expect(await ledgerId(await open())).not.toBe(await ledgerId(other));
  });

  test.each(['a new', 'an old'])('lets only the owner read %s ledger and its log', async (age) => {
    if (age === 'an old') {
      // Like files created with the usual umask, while another process has them open.
      await createImport(await open(), SOURCE);
      for (const suffix of ['', '-wal', '-shm']) fs.chmodSync(path + suffix, 0o644);
    }
    const db = await open();
    await createImport(db, SOURCE);
    const modes = ['', '-wal', '-shm'].map((suffix) => fs.statSync(path + suffix).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    expect(await listImports(db)).toHaveLength(age === 'an old' ? 2 : 1);
  });

  test('creates one ledger when two processes open it at once', async () => {
    const both = [0, 1].map(() =>
      otherProcess(`
        const db = await openLedger(path);
        await createImport(db, source);
        await db.destroy();
        process.exit();`),
    );
    for (const { says } of both) await says('ready');
    const ends = both.map(({ child }) => once(child, 'close'));
    for (const { start } of both) start();
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(await listImports(await open())).toHaveLength(2);
    const steps = rawly((file) => file.prepare('select name from kysely_migration').all());
    expect(steps).toEqual(Object.keys(MIGRATIONS).map((name) => ({ name })));
  });

  test('rolls a failed migration back completely', async () => {
    const db = new Kysely<Schema>({ dialect: sqliteDialect(path) });
    releasers.push(() => db.destroy());
    const broken = { ...SQLITE_PARTS, clusteredTable: sql`without rhyme` };
    await expect(migrate(db, broken, 'ledger.db')).rejects.toThrow(/rhyme/);
    expect(tablesInFile()).toEqual(['kysely_migration', 'kysely_migration_lock']);
    const steps = rawly((file) => file.prepare('select name from kysely_migration').all());
    expect(steps).toEqual([]);

    await migrate(db, SQLITE_PARTS, 'ledger.db');
    expect(tablesInFile()).toEqual(TABLES);
  });

  test('does not change a ledger that a newer program has changed', async () => {
    await (await openLedger(path)).destroy();
    rawly((file) => {
      file.exec("insert into kysely_migration values ('9999-next-year', '2099-01-01T00:00:00Z')");
    });
    const before = fs.readFileSync(path);
    const refused = openLedger(path);
    await expect(refused).rejects.toBeInstanceOf(Problem);
    await expect(refused).rejects.toThrow(`${path} was written by a newer version`);
    await expect(refused).rejects.toThrow('9999-next-year');
    expect(fs.readFileSync(path).equals(before)).toBe(true);
  });

  test.each<[what: string, make: () => void | Promise<void>, message: RegExp]>([
    [
      'a text file',
      () => fs.writeFileSync(path, 'group_id,user_id\n1,2\n'.repeat(100)),
      /ledger\.db is damaged or is not a ledger/,
    ],
    [
      'a damaged ledger',
      async () => {
        await (await openLedger(path)).destroy();
        const bytes = fs.readFileSync(path);
        fs.writeFileSync(path, bytes.fill(0xff, 100, 4096));
      },
      /ledger\.db is damaged or is not a ledger/,
    ],
    ['a folder', () => fs.mkdirSync(path), /ledger\.db cannot be opened for writing/],
    [
      'a path below a regular file',
      () => {
        fs.writeFileSync(join(home, 'file'), '');
        path = join(home, 'file/ledger.db');
      },
      /The folder .*file for the ledger cannot be created/,
    ],
    [
      'a path below a regular file, deeper',
      () => {
        fs.writeFileSync(join(home, 'file'), '');
        path = join(home, 'file/data/ledger.db');
      },
      /The folder .*file\/data for the ledger cannot be created/,
    ],
  ])('refuses %s with a Problem', async (_, make, message) => {
    await make();
    const refused = openLedger(path);
    await expect(refused).rejects.toBeInstanceOf(Problem);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toHaveProperty('remedy', expect.stringContaining('DATA_DIR'));
  });

  test('refuses the database of another program', async () => {
    rawly((file) => file.exec('create table imports (id integer primary key)'));
    await expect(openLedger(path)).rejects.toBeInstanceOf(Problem);
  });

  test('recovers only what was committed before a kill', async () => {
    const other = otherProcess(`
      const db = await openLedger(path);
      await createImport(db, { ...source, fileName: 'committed.csv' });
      await db.transaction().execute(async (tx) => {
        await createImport(tx, { ...source, fileName: 'not committed.csv' });
        console.log('in transaction');
        await new Promise(() => setInterval(() => {}, 1_000));
      });`);
    await other.says('ready');
    other.start();
    await other.says('in transaction');
    const dead = once(other.child, 'close');
    other.child.kill('SIGKILL');
    await dead;

    const db = await open();
    expect(await listImports(db)).toMatchObject([{ fileName: 'committed.csv' }]);
    await createImport(db, SOURCE);
    expect(await listImports(db)).toHaveLength(2);
  });
});

describe('a ledger on SQLite', () => {
  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['busy_timeout', 5_000],
  ])('has %s %s', async (pragma, value) => {
    const db = await open();
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(pragma)}`.execute(db);
    expect(rows.flatMap((row) => Object.values(row))).toEqual([value]);
  });

  test('waits for the disk in every program, and optionally not in tests', async () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const named = fs
      .globSync('{src,workers,scripts}/**/*.{ts,tsx}', { cwd: root })
      .filter((file) => fs.readFileSync(join(root, file), 'utf8').includes('unsafeWithoutSync'));
    expect(named.toSorted()).toEqual(['src/ledger/db/database.ts', 'src/ledger/sqlite/sqlite.ts']);
    const db = await openLedger(path, { unsafeWithoutSync: true });
    releasers.push(() => db.destroy());
    const id = await importOf(db, keys(1));
    await claimed(db, id);
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
    expect(rows).toEqual([{ synchronous: 0 }]);
  });

  test('enforces its foreign keys', async () => {
    const db = await open();
    const orphan = { import_id: 7, outcome: 'pending', reason: '', count: 1 } as const;
    await expect(db.insertInto('tallies').values(orphan).execute()).rejects.toThrow(/FOREIGN KEY/);
  });

  test('lets a reader see the committed state while another connection writes', async () => {
    const writer = await open();
    const reader = await open();
    await writer.transaction().execute(async (tx) => {
      await createImport(tx, SOURCE);
      expect(await listImports(reader)).toEqual([]);
    });
    expect(await listImports(reader)).toHaveLength(1);
  });

  test('takes the write lock at the beginning of a transaction', async () => {
    const db = await open();
    const other = new DatabaseSync(path, { timeout: 0 });
    releasers.push(() => other.close());
    await db.transaction().execute(async (tx) => {
      await listImports(tx);
      expect(() => other.exec('begin immediate')).toThrow(/locked/);
    });
    other.exec('begin immediate');
  });

  test('runs a query outside a transaction after the transaction', async () => {
    const db = await open();
    const failed = db.transaction().execute(async (tx) => {
      await createImport(tx, SOURCE);
      throw new Error('thought better of it');
    });
    const beside = createImport(db, { ...SOURCE, fileName: 'beside.csv' });
    await expect(failed).rejects.toThrow('thought better of it');
    await beside;
    expect(await listImports(db)).toMatchObject([{ fileName: 'beside.csv' }]);
  });

  test('reports the original error when SQLite rolled back by itself, as on a full disk', async () => {
    const db = await open();
    const failed = db.transaction().execute(async (tx) => {
      await sql`rollback`.execute(tx);
      throw new Error('the disk is full');
    });
    await expect(failed).rejects.toThrow('the disk is full');
    expect(await listImports(db)).toEqual([]);
  });

  test('runs more different queries than its statement cache holds', async () => {
    const db = await open();
    for (const round of [1, 2]) {
      for (let n = 0; n < 300; n++) {
        const { rows } = await sql`select ${sql.raw(String(n))} as n, ${round} as round`.execute(
          db,
        );
        expect(rows).toEqual([{ n, round }]);
      }
    }
  });

  test.each([true, undefined, new Date(0)])('refuses to store %s', async (value) => {
    const db = await open();
    await expect(sql`select ${value} as it`.execute(db)).rejects.toThrow(TypeError);
  });
});

describe('explainLedgerError', () => {
  /** An error of SQLite with a cause that a test cannot reproduce. */
  const sqliteError = (errcode: number, errstr: string) =>
    Object.assign(new Error(errstr), { code: 'ERR_SQLITE_ERROR', errcode, errstr });

  const ON_NETWORK = 'the ledger is on a network drive, or another that processes cannot share';

  test.each<[errcode: number, errstr: string, message: string]>([
    [5, 'database is locked', 'the ledger is locked by another program.'],
    [6, 'database table is locked', 'the ledger is locked by another program.'],
    [8, 'attempt to write a readonly database', 'the ledger cannot be opened for writing.'],
    [14, 'unable to open database file', 'the ledger cannot be opened for writing.'],
    [10, 'disk I/O error', 'The disk with the ledger is full or failing.'],
    [13, 'database or disk is full', 'The disk with the ledger is full or failing.'],
    [10 | (17 << 8), 'disk I/O error', 'The disk with the ledger is full or failing.'],
    [10 | (21 << 8), 'disk I/O error', `${ON_NETWORK} (disk I/O error).`],
    [10 | (15 << 8), 'disk I/O error', `${ON_NETWORK} (disk I/O error).`],
    [15, 'locking protocol', `${ON_NETWORK} (locking protocol).`],
    [11, 'database disk image is malformed', 'the ledger is damaged or is not a ledger.'],
    [26, 'file is not a database', 'the ledger is damaged or is not a ledger.'],
  ])('%i %s → %s', (errcode, errstr, message) => {
    const cause = sqliteError(errcode, errstr);
    const explained = explainLedgerError(cause);
    expect(explained).toBeInstanceOf(Problem);
    expect(explained).toMatchObject({ message, cause, remedy: expect.stringMatching(/\.$/) });
  });

  test('names the given ledger', () => {
    expect(
      explainLedgerError(sqliteError(5, 'database is locked'), 'data/ledger.db'),
    ).toMatchObject({ message: 'data/ledger.db is locked by another program.' });
  });

  test.each([
    ['a Problem', problem('ledger_locked', { ledger: '' })],
    ['a bug', new TypeError('row is undefined')],
    ['a broken rule of the ledger', sqliteError(1555, 'UNIQUE constraint failed: pairs.seq')],
    ['no error at all', 'thrown text'],
  ])('returns %s unchanged', (_, error) => {
    expect(explainLedgerError(error)).toBe(error);
  });

  test.each([
    "READONLY You can't write against a read only replica.",
    'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
    "NOPERM User worker has no permissions to run the 'evalsha' command",
  ])('returns an error of Redis unchanged: %s', (text) => {
    const error = new Error(text);
    expect(explainLedgerError(error)).toBe(error);
  });
});
