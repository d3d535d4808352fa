import { CORRECTED_CELLS } from '../../domain/pairs/corrected-cells.ts';
import { hasAddressIn, isNamedIn, type Person } from '../../domain/pairs/person.ts';
import { inSlices } from '../../domain/slices.ts';
import type { Db } from '../db/schema.ts';

/** The cells of a corrected row as they are in the file. */
export interface CorrectedCells {
  group: string;
  user: string;
}

/** Rows per query. */
const ROWS = 1_000;

/** A rejected row that can be corrected, with its cells. */
export interface Reject {
  seq: number;
  line: number;
  groupCell: string;
  userCell: string;
}

/** @returns those of the rows at these places that can be corrected, by place */
export async function findRejects(
  db: Db,
  importId: number,
  seqs: readonly number[],
): Promise<Map<number, Reject>> {
  const rows = await rejectsOf(db, importId).where('seq', 'in', seqs).execute();
  return new Map(rows.map((row) => [row.seq, row]));
}

/** @returns the places of the first rejects of groups with the same cell as this one, itself included */
export async function findSameGroup(
  db: Db,
  importId: number,
  seq: number,
  limit: number,
): Promise<number[]> {
  const one = (await findRejects(db, importId, [seq])).get(seq);
  if (one === undefined) return [seq];
  const rows = await rejectsOf(db, importId)
    .where('group_cell', '=', one.groupCell)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return [...new Set([seq, ...rows.map((row) => row.seq)])];
}

const rejectsOf = (db: Db, importId: number) =>
  db
    .selectFrom('row_issues')
    .select(['seq', 'line', 'group_cell as groupCell', 'user_cell as userCell'])
    .where('import_id', '=', importId)
    .where('outcome', '=', 'rejected')
    .where('reason', 'in', Object.keys(CORRECTED_CELLS));

/** @returns the corrected ones of these rows, by place */
export async function findCorrections(
  db: Db,
  importId: number,
  seqs: readonly number[],
): Promise<Map<number, CorrectedCells>> {
  const found = new Map<number, CorrectedCells>();
  for (const some of inSlices(seqs, ROWS)) {
    const rows = await db
      .selectFrom('corrections')
      .select(['seq', 'group_cell', 'user_cell'])
      .where('import_id', '=', importId)
      .where('seq', 'in', some)
      .execute();
    for (const row of rows) found.set(row.seq, { group: row.group_cell, user: row.user_cell });
  }
  return found;
}

/** Removes the cells of corrected rows that are about a person, or name the person. */
export async function forgetCorrections(
  tx: Db,
  importId: number,
  person: Person,
  seqs: readonly number[],
): Promise<void> {
  const places = new Set(seqs);
  const rows = await tx
    .selectFrom('corrections')
    .select(['seq', 'group_cell', 'user_cell'])
    .where('import_id', '=', importId)
    .execute();
  for (const { seq, group_cell, user_cell } of rows) {
    const isMeant =
      places.has(seq) || isNamedIn(user_cell, person) || hasAddressIn(group_cell, person);
    if (!isMeant) continue;
    await tx
      .deleteFrom('corrections')
      .where('import_id', '=', importId)
      .where('seq', '=', seq)
      .execute();
  }
}
