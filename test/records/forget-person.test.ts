import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UserId } from '../../src/domain/pairs/ids.ts';
import type { Person } from '../../src/domain/pairs/person.ts';
import { startImport } from '../../src/invite/import-lifecycle.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { retryPairs } from '../../src/ledger/delivery/retry-pairs.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';
import { findPerson } from '../../src/ledger/people/find-person.ts';
import { readTallies } from '../../src/ledger/tallies/tallies.ts';
import { forgetInImport, importsOfPerson } from '../../src/records/forget-person.ts';
import { resultsFile } from '../../src/records/results-file.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';
import { keepImport, openDataDir } from './kept-import.ts';

let ledger: TestLedger;
let db: Db;
beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

const ANNA = 17 as UserId;

/** @returns all rows of the ledger, and the stored files, as text */
async function everything(dataDir: string): Promise<string> {
  const parts: string[] = [];
  for (const { name } of await db.introspection.getTables()) {
    const rows = await db
      .selectFrom(name as 'imports')
      .selectAll()
      .execute();
    parts.push(...rows.map((row) => `${name} ${JSON.stringify(row)}`));
  }
  const folder = join(dataDir, 'sources');
  for (const name of readdirSync(folder)) parts.push(readFileSync(join(folder, name), 'utf8'));
  return parts.join('\n');
}

async function personAt(given: UserId | string): Promise<Person> {
  const found = await findPerson(db, given);
  if (found.kind !== 'one') throw new Error('several');
  return found.person;
}

async function forget(dataDir: string, given: UserId | string) {
  const person = await personAt(given);
  const done = [];
  for (const { found, obstacle } of await importsOfPerson(db, person)) {
    done.push(obstacle ?? (await forgetInImport(db, dataDir, found, person)));
  }
  return done;
}

async function csvOf(id: number, dataDir: string): Promise<string[]> {
  const found = await findImport(db, id);
  if (found === undefined) throw new Error('The import is missing.');
  let csv = '';
  for await (const piece of resultsFile(db, found, { dataDir })) csv += piece;
  return csv.trim().split('\r\n').slice(1);
}

describe('a person is removed from all data', () => {
  const CSV =
    'group;email;note;message\n15;Anna@north.example;"a\nb";Dear Anna\n15;ben@north.example;=1;Hi\n' +
    '16;17|ben@north.example|19;c;Hi\n15;anna@north.example;d;Dear Anna\n' +
    '17;anna@north.example, 5;e;Hi\n18;18;"ask anna@north.example";Ask Anna@north.example.\n';

  test.each([
    ['by id', ANNA],
    ['by address', ' ANNA@north.example'],
  ])('%s: rows, names, texts and cells; the counts stay', async (_, given) => {
    using dataDir = openDataDir();
    const { id, rows, fileDigest } = await keepImport(db, dataDir.path, CSV);
    const total = async () =>
      (await readTallies(db, id)).reduce((sum, { count }) => sum + count, 0);
    const before = await total();
    expect(await forget(dataDir.path, given)).toMatchObject([
      { pairs: 3, issues: 1, source: 'rewritten' },
    ]);
    const left = await everything(dataDir.path);
    expect(left.toLowerCase()).not.toContain('anna');
    expect(await total()).toBe(before);
    const after = await findImport(db, id);
    expect(after).toMatchObject({ rows });
    expect(after?.fileDigest).not.toBe(fileDigest);
    expect(readdirSync(join(dataDir.path, 'sources'))).toEqual([after?.fileDigest]);
    const cells = (await csvOf(id, dataDir.path)).map((line) => line.split(','));
    expect(cells.map(([line, group, user, outcome]) => [line, group, user, outcome])).toEqual([
      ['2', '15', '', 'cancelled'],
      ['4', '15', '18', 'pending'],
      ['5', '16', '', 'cancelled'],
      ['5', '16', '18', 'pending'],
      ['5', '16', '19', 'pending'],
      ['6', '15', '', 'duplicate'],
      ['7', '17', '', 'cancelled'],
      ['7', '17', '5', 'pending'],
      ['8', '18', '18', 'pending'],
    ]);
    expect(cells.map((row) => row.slice(10))).toEqual([
      ['', '', '', ''],
      ['15', 'ben@north.example', "'=1", 'Hi'],
      ...Array(3).fill(['16', 'ben@north.example|19', 'c', 'Hi']),
      ['', '', '', ''],
      ...Array(2).fill(['17', '5', 'e', 'Hi']),
      ['18', '18', '', ''],
    ]);
    await db.deleteFrom('imports').where('id', '=', id).execute();
  });
});

test('a forgotten pair is never sent or retried, and other pairs of its chunk are', async () => {
  using dataDir = openDataDir();
  const { id } = await keepImport(db, dataDir.path, 'group_id,user_id\n15,17\n15,18\n16,17\n');
  await forget(dataDir.path, ANNA);
  const chunks = await db.selectFrom('chunks').selectAll().where('import_id', '=', id).execute();
  expect(chunks.map(({ unsettled }) => unsettled)).toEqual([1]);
  await startImport(db, id);
  expect(await retryPairs(db, id, undefined)).toBe(0);
  const keys = await db
    .selectFrom('pair_keys')
    .select(['group_id', 'user_id'])
    .where('import_id', '=', id)
    .execute();
  expect(keys).toEqual([{ group_id: 15, user_id: 18 }]);
  await db.deleteFrom('imports').where('id', '=', id).execute();
});

test('an import that is running, or being read, forgets no one', async () => {
  using dataDir = openDataDir();
  const running = await keepImport(db, dataDir.path, 'group_id,user_id\n15,17\n');
  await startImport(db, running.id);
  const other = await keepImport(db, dataDir.path, 'group_id,user_id\n15,18\n');
  expect(await forget(dataDir.path, ANNA)).toEqual(['running']);
  await db.updateTable('imports').set({ state: 'reading' }).where('id', '=', other.id).execute();
  expect(await forget(dataDir.path, ANNA)).toEqual(['reading', 'running']);
  const found = await findImport(db, running.id);
  if (found === undefined) throw new Error('The import is missing.');
  expect(await forgetInImport(db, dataDir.path, found, await personAt(ANNA))).toBe('running');
  await db.deleteFrom('imports').execute();
});

test('an address that stood for several people names none of them', async () => {
  using dataDir = openDataDir();
  const { id } = await keepImport(db, dataDir.path, 'group,email\n15,anna@north.example\n');
  await db
    .insertInto('import_emails')
    .values({ import_id: id, user_id: 99 as UserId, email: 'anna@north.example' })
    .execute();
  expect(await findPerson(db, 'anna@north.example')).toEqual({
    kind: 'several',
    userIds: [17, 99],
  });
  await db.deleteFrom('imports').execute();
});

test('a stored file that is no text is deleted', async () => {
  using dataDir = openDataDir();
  const { id } = await keepImport(db, dataDir.path, 'group,email\n15,anna@north.example\n');
  await db.updateTable('imports').set({ format: '' }).where('id', '=', id).execute();
  expect(await forget(dataDir.path, ANNA)).toMatchObject([{ pairs: 1, source: 'dropped' }]);
  expect(readdirSync(join(dataDir.path, 'sources'))).toEqual([]);
  await db.deleteFrom('imports').execute();
});
