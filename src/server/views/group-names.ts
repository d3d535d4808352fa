import { groupId } from '../../domain/ids.ts';
import type { ResultRecord } from '../../domain/result-record.ts';
import { findGroupChecks } from '../../ledger/group-checks.ts';
import type { Db } from '../../ledger/schema.ts';

/** @returns the names of the records' groups, as far as a check has read them */
export async function groupNames(
  db: Db,
  importId: number,
  records: readonly ResultRecord[],
): Promise<Map<string, string | null>> {
  const cells = new Set(records.map((record) => record.groupId));
  const ids = [...cells].flatMap((cell) => groupId(Number(cell)) ?? []);
  const checks = await findGroupChecks(db, importId, ids);
  return new Map([...checks].map(([id, { name }]) => [String(id), name]));
}
