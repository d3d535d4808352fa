import { type GroupId, groupId, userId } from '../../domain/pairs/ids.ts';
import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { findGroupNames } from '../../ledger/checks/group-name-store.ts';
import { findUserNames } from '../../ledger/checks/user-name-store.ts';
import { type CorrectedCells, findCorrections } from '../../ledger/corrections/corrections.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { seqsOf } from '../../ledger/pairs/pair-queries.ts';
import type { ImportRecord } from '../../ledger/results/import-record.ts';

/** Names of groups and people, by their ids as written in the records. */
export interface NamesOfRecords {
  groups: ReadonlyMap<string, string | null>;
  users: ReadonlyMap<string, string>;
  /** The cells of corrected rows, by place. */
  corrections: ReadonlyMap<number, CorrectedCells>;
  /** Groups of pairs with names that were not requested yet. */
  missing: GroupId[];
}

/** @returns the names of the records' groups and people, as far as they are known */
export async function namesOf(
  db: Db,
  importId: number,
  records: readonly ImportRecord[],
): Promise<NamesOfRecords> {
  const groupsOf = (some: readonly ResultRecord[]): GroupId[] =>
    [...new Set(some.map((record) => record.groupId))].flatMap(
      (cell) => groupId(Number(cell)) ?? [],
    );
  const people = new Set(records.map((record) => record.userId));
  const userIds = [...people].flatMap((cell) => userId(Number(cell)) ?? []);
  const known = await findGroupNames(db, importId, groupsOf(records));
  const users = await findUserNames(db, importId, userIds);
  const corrections = await findCorrections(db, importId, seqsOf(records));
  const pairs = records.filter(({ outcome }) => outcome !== 'rejected');
  return {
    groups: new Map([...known].map(([id, name]) => [String(id), name])),
    users: new Map([...users].map(([id, name]) => [String(id), name])),
    corrections,
    missing: groupsOf(pairs).filter((id) => !known.has(id)),
  };
}
