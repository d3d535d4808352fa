import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Import } from '../../src/domain/imports/import.ts';
import type { Directory } from '../../src/domain/pairs/directory.ts';
import type { GroupId, UserId } from '../../src/domain/pairs/ids.ts';
import type { GivenFormat } from '../../src/files/csv/detect-format.ts';
import { describeSource } from '../../src/ingest/describe-source.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { keepSource } from '../../src/ingest/kept-source.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { findImport } from '../../src/ledger/imports/import-store.ts';

/** A folder for stored files that is deleted after the test. */
export function openDataDir(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'bulk-invite-records-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A portal with the group Sales (15), with Anna (17) and Ben (18). */
const PEOPLE = new Map([
  ['anna@north.example', { id: 17 as UserId, name: 'Anna Petrova' }],
  ['ben@north.example', { id: 18 as UserId, name: 'Ben' }],
]);

export const DIRECTORY: Directory = {
  usersByEmail: async (emails) =>
    new Map(
      emails.map((email) => {
        const person = PEOPLE.get(email.toLowerCase());
        return [email, person === undefined ? { kind: 'unknown' } : { kind: 'found', ...person }];
      }),
    ),
  groupsByName: async (names) =>
    new Map(
      names.map((name) => [
        name,
        name === 'Sales' ? { kind: 'found', id: 15 as GroupId } : { kind: 'unknown' },
      ]),
    ),
};

/** Reads a CSV into a new import and stores it, as `run` does. */
export async function keepImport(
  db: Db,
  dataDir: string,
  csv: string | Uint8Array,
  { fileName = 'people.csv', format = {} }: { fileName?: string; format?: GivenFormat } = {},
): Promise<Import> {
  async function* bytes() {
    yield Buffer.from(csv);
  }
  const kept = await keepSource(bytes(), { dataDir, fileName, maxBytes: 1_000_000 });
  const source = await describeSource(kept, format, { portal: 'x.example', message: null });
  const id = await ingest(db, source, kept.open(), { concurrency: 4, directory: DIRECTORY });
  const found = await findImport(db, id);
  if (found === undefined) throw new Error('The import is missing.');
  return found;
}
