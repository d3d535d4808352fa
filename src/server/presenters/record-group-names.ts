import { type GroupId, groupId } from '../../domain/pairs/ids.ts';
import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { findGroupNames } from '../../ledger/checks/group-name-store.ts';
import type { Db } from '../../ledger/db/schema.ts';

/** Group names, by group id as written in the records. */
export interface NamesOfRecords {
  names: ReadonlyMap<string, string | null>;
  /** Groups of pairs with names that were not requested yet. */
  missing: GroupId[];
}

/** @returns the names of the records' groups, as far as they are known */
export async function groupNamesOf(
  db: Db,
  importId: number,
  records: readonly ResultRecord[],
): Promise<NamesOfRecords> {
  const idsOf = (some: readonly ResultRecord[]) => {
    const cells = new Set(some.map((record) => record.groupId));
    return [...cells].flatMap((cell) => groupId(Number(cell)) ?? []);
  };
  const known = await findGroupNames(db, importId, idsOf(records));
  const pairs = records.filter(({ outcome }) => outcome !== 'rejected');
  return {
    names: new Map([...known].map(([id, name]) => [String(id), name])),
    missing: idsOf(pairs).filter((id) => !known.has(id)),
  };
}
