import { emailKey } from '../../domain/pairs/email-key.ts';
import { MAX_ID, type UserId } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';
import { findUserPairs } from '../pairs/user-pairs.ts';
import type { ImportRecord } from './import-record.ts';
import { issueSource } from './issue-source.ts';
import { merged, type Position, userSource } from './record-sources.ts';
import type { PageOptions } from './search-records.ts';

/** The person to search for. */
export interface Sought {
  userIds: readonly UserId[];
  /** Email address that stands for the person in rows that did not become pairs. */
  email?: string | undefined;
}

/** A record with the id of its import. */
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
  sought: Sought,
  { after: [fromImport = MAX_ID, fromSeq = 0] = [], limit }: PageOptions,
): Promise<PersonPage> {
  const keys = keysOf(sought);
  const records: PersonRecord[] = [];
  let last: Position | undefined;
  for (const importId of await importsOf(db, sought, fromImport)) {
    const source = merged([
      ...sought.userIds.map((userId) => userSource(db, importId, userId, {})),
      ...keys.map((userKey) => issueSource(db, importId, { userKey })),
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

/** Possible contents of the user's cell in rows that did not become pairs. */
const keysOf = ({ userIds, email }: Sought): string[] => [
  ...userIds.map(String),
  ...(email === undefined ? [] : [emailKey(email)]),
];

async function importsOf(db: Db, sought: Sought, newest: number): Promise<number[]> {
  const ids = new Set<number>();
  for (const userId of sought.userIds) {
    for (const { importId } of await findUserPairs(db, userId)) ids.add(importId);
  }
  for (const key of keysOf(sought)) {
    const issues = await db
      .selectFrom('row_issues')
      .select('import_id')
      .distinct()
      .where('user_key', '=', key)
      .execute();
    for (const { import_id } of issues) ids.add(import_id);
  }
  if (ids.size === 0) return [];
  const imports = await db
    .selectFrom('imports')
    .select('id')
    .where('state', '!=', 'removed')
    .where('id', 'in', [...ids])
    .where('id', '<=', newest)
    .orderBy('id', 'desc')
    .execute();
  return imports.map(({ id }) => id);
}
