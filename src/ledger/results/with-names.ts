import { type GroupId, groupId, type UserId, userId } from '../../domain/pairs/ids.ts';
import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { rowDetail } from '../../messages/row-details.ts';
import { findGroupNames } from '../checks/group-name-store.ts';
import { findUserNames } from '../checks/user-name-store.ts';
import { findCorrections } from '../corrections/corrections.ts';
import type { Db } from '../db/schema.ts';
import { seqsOf } from '../pairs/pair-queries.ts';
import type { ImportRecord } from './import-record.ts';

const RECORDS_PER_QUERY = 1_000;
/** Names in memory; above that, they are read again. */
const CACHED = 200_000;

/** @returns the records with the names of their people and groups, as far as these were read */
export async function* withNames(
  db: Db,
  importId: number,
  records: AsyncIterable<ImportRecord>,
): AsyncGenerator<ResultRecord> {
  const users = new NameCache<UserId>((ids) => findUserNames(db, importId, ids));
  const groups = new NameCache<GroupId>((ids) => findGroupNames(db, importId, ids));
  for await (const page of inPages(records)) {
    await users.read(page.flatMap((record) => userId(Number(record.userId)) ?? []));
    await groups.read(page.flatMap((record) => groupId(Number(record.groupId)) ?? []));
    const corrections = await findCorrections(db, importId, seqsOf(page));
    for (const record of page) {
      const corrected = corrections.get(record.seq);
      const details =
        corrected === undefined
          ? record.details
          : [...record.details, rowDetail('corrected', corrected)];
      const userName = users.find(Number(record.userId));
      yield { ...record, details, userName, groupName: groups.find(Number(record.groupId)) };
    }
  }
}

async function* inPages(records: AsyncIterable<ImportRecord>): AsyncGenerator<ImportRecord[]> {
  let page: ImportRecord[] = [];
  for await (const record of records) {
    if (page.push(record) < RECORDS_PER_QUERY) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

class NameCache<Id extends number> {
  readonly #names = new Map<number, string | null>();
  readonly #look: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, string | null>>;

  constructor(look: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, string | null>>) {
    this.#look = look;
  }

  async read(ids: readonly Id[]): Promise<void> {
    if (this.#names.size > CACHED) this.#names.clear();
    const missing = [...new Set(ids)].filter((id) => !this.#names.has(id));
    if (missing.length === 0) return;
    const found = await this.#look(missing);
    for (const id of missing) this.#names.set(id, found.get(id) ?? null);
  }

  find(id: number): string | null {
    return this.#names.get(id) ?? null;
  }
}
