import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommandLine } from '../../../src/commands/command-line.ts';
import { isResultsFile } from '../../../src/files/results/recognize-results.ts';
import { startImport } from '../../../src/invite/import-lifecycle.ts';
import { openLedger } from '../../../src/ledger/db/database.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { keepImport, openDataDir } from '../../records/kept-import.ts';

const dataDir = openDataDir();
const placeOf = (...path: string[]) => join(dataDir.path, ...path);
let db: Db;
beforeAll(async () => {
  db = await openLedger(placeOf('ledger.db'), { unsafeWithoutSync: true });
});
afterAll(async () => {
  await db.destroy();
  dataDir[Symbol.dispose]();
});

/** Runs a command line in this process. @returns the exit code and the output */
async function call(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal = { env: { DATA_DIR: dataDir.path }, stdin: Readable.from([]), stdout, stderr };
  const reads = Promise.all([text(stdout), text(stderr)]);
  const code = await runCommandLine(argv, terminal, placeOf('none.env'));
  stdout.end();
  stderr.end();
  const [out, err] = await reads;
  return { code, out, err };
}

const CSV = 'group,email\nSales,anna@north.example\nSales,ben@north.example\n';

test('export prints what is stored about a person, forget removes it and says what', async () => {
  const { id } = await keepImport(db, dataDir.path, CSV);
  const results = placeOf('results', `people-${id}.csv`);
  const rejects = placeOf('results', 'other-rejects.csv');
  mkdirSync(placeOf('results'));
  expect((await call('results', String(id), '--out', results)).code).toBe(0);
  writeFileSync(rejects, readFileSync(results));

  const exported = await call('export', 'anna@north.example');
  expect(JSON.parse(exported.out)).toMatchObject({
    person: { userId: 17, emails: ['anna@north.example'], names: ['Anna Petrova'] },
    imports: [
      {
        ...{ id, fileName: 'people.csv', name: 'Anna Petrova', email: 'anna@north.example' },
        records: [
          {
            ...{ line: 2, groupName: 'Sales', userId: '17', outcome: 'pending' },
            cells: { group: 'Sales', email: 'anna@north.example' },
          },
        ],
      },
    ],
  });

  const unconfirmed = await call('forget', '17');
  expect(unconfirmed.code).toBe(1);
  expect(unconfirmed.err).toContain('forget asks for confirmation');
  const done = await call('forget', '17', '--yes');
  expect([done.code, done.err]).toEqual([0, '']);
  expect(done.out).toContain(
    `Import ${id}: 1 invitation, 0 rejected or repeated rows removed; stored file rewritten; results rewritten\n`,
  );
  expect(done.out).toContain(`${rejects} rewritten\n`);
  for (const path of [results, rejects]) {
    expect(readFileSync(path, 'utf8')).not.toMatch(/anna|,17,/i);
    expect(readFileSync(path, 'utf8')).toContain('ben@north.example');
  }
  expect(JSON.parse((await call('export', '17')).out).imports).toEqual([]);
  expect((await call('forget', '17', '--yes')).out).toBe('Nothing is stored about user 17.\n');
});

test('forget names the import that prevents it, and refuses what is no person', async () => {
  const { id } = await keepImport(db, dataDir.path, CSV, { fileName: 'running.csv' });
  await startImport(db, id);
  const { code, err } = await call('forget', '17', '--yes');
  expect([code, err]).toEqual([
    1,
    expect.stringContaining(`import ${id} · running.csv: it is running.`),
  ]);
  expect((await call('forget', 'Anna', '--yes')).err).toContain('neither a user’s ID nor');
});

test('results are a workbook by the name of the file, and replace no other file', async () => {
  const path = placeOf('people.xlsx');
  expect((await call('results', '1', '--out', path)).code).toBe(0);
  expect(isResultsFile(path)).toBe(true);
  expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK');
  expect((await call('results', '1', '--out', path)).code).toBe(0);
  const other = placeOf('other.csv');
  writeFileSync(other, 'a,b\n');
  const refused = await call('results', '1', '--out', other);
  expect([refused.code, readFileSync(other, 'utf8')]).toEqual([1, 'a,b\n']);
  expect((await call('results', '1', '--out', other, '--force', '--delimiter', ';')).code).toBe(0);
  expect(readFileSync(other, 'utf8')).toMatch(/^\ufeffline;group_id;user_id;/);
  expect(existsSync(`${other}.part`)).toBe(false);
});
