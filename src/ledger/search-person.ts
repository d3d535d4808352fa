import { sql } from 'kysely';
import { MAX_ID, type UserId } from '../domain/ids.ts';
import { type ImportRecord, toIssueRecord } from './import-record.ts';
import { issueSource } from './issue-source.ts';
import { merged, type Position, userSource } from './record-sources.ts';
import type { Db } from './schema.ts';
import type { PageOptions } from './search-records.ts';
import { findUserPairs } from './user-pairs.ts';

/** A record with the import that it belongs to. */
export interface PersonRecord extends ImportRecord {
  importId: number;
}

export interface PersonPage {
  records: PersonRecord[];
  next: Position | undefined;
}

/** @returns a person's records over all imports, the newest import first */
export async function searchPerson(
  db: Db,
  userId: UserId,
  { after: [fromImport = MAX_ID, fromSeq = 0] = [], limit }: PageOptions,
): Promise<PersonPage> {
  const records: PersonRecord[] = [];
  let last: Position | undefined;
  for (const importId of await importsOf(db, userId, fromImport)) {
    const source = merged([
      userSource(db, importId, userId, {}),
      issueSource(db, importId, { userId }),
    ]);
    const after = importId === fromImport ? [fromSeq] : [];
    for (const { record } of await source(after, limit + 1 - records.length)) {
      if (records.length === limit) return { records, next: last };
      records.push({ ...record, importId });
      last = [importId, record.seq];
    }
  }
  return { records, next: undefined };
}

async function importsOf(db: Db, userId: UserId, newest: number): Promise<number[]> {
  const pairs = await findUserPairs(db, userId);
  const issues = await db
    .selectFrom('row_issues')
    .select('import_id')
    .distinct()
    .where(sql<boolean>`lower(user_cell) = ${String(userId)}`)
    .execute();
  const ids = [...pairs.map(({ importId }) => importId), ...issues.map((row) => row.import_id)];
  const imports = await db
    .selectFrom('imports')
    .select('id')
    .where('id', 'in', ids)
    .where('id', '<=', newest)
    .orderBy('id', 'desc')
    .execute();
  return imports.map(({ id }) => id);
}

/** @returns the rows whose user's cell is the address, the newest import first */
export async function searchAddress(
  db: Db,
  address: string,
  { after: [fromImport = MAX_ID, fromSeq = 0] = [], limit }: PageOptions,
): Promise<PersonPage> {
  const rows = await db
    .selectFrom('row_issues')
    .selectAll()
    .where(sql<boolean>`lower(user_cell) = ${address.toLowerCase()}`)
    .where((eb) =>
      eb.or([
        eb('import_id', '<', fromImport),
        eb.and([eb('import_id', '=', fromImport), eb('seq', '>', fromSeq)]),
      ]),
    )
    .orderBy('import_id', 'desc')
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  const records = rows
    .slice(0, limit)
    .map((row) => ({ ...toIssueRecord(row), importId: row.import_id }));
  const last = records.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { records, next: hasMore ? [last.importId, last.seq] : undefined };
}
