import { type Expression, type SqlBool, sql } from 'kysely';
import type { Db } from '../db/schema.ts';
import { toPairRecord } from '../results/import-record.ts';
import type { RecordSource } from '../results/record-sources.ts';
import { atPlaces } from './at-places.ts';
import { MOST_PLACES } from './places.ts';
import type { OfPairs } from './wanted-records.ts';

/** Of a row with `import_id`, `group_id` and `user_id`: what a check has found about it. */
const related = (table: string, relations: string) => sql<SqlBool>`exists (
  select 1 from earlier_relations as found where found.import_id = ${sql.ref(`${table}.import_id`)}
    and found.group_id = ${sql.ref(`${table}.group_id`)} and found.user_id = ${sql.ref(`${table}.user_id`)}
    and found.relation in (${sql.raw(relations)}))`;

const closed = (table: string) => sql<SqlBool>`exists (
  select 1 from group_checks as checked where checked.import_id = ${sql.ref(`${table}.import_id`)}
    and checked.group_id = ${sql.ref(`${table}.group_id`)} and ${IS_CLOSED})`;

const IS_CLOSED = sql`checked.unread = 0 and (checked.visible = 0 or checked.may_invite = 0)`;
const PRESENT = "'member', 'pending'";
/** In a closed group these are skipped. */
const SKIPPED = "'member', 'pending', 'caller'";

const isFound = (table: string, finding: OfPairs): Expression<SqlBool> =>
  finding === 'present'
    ? related(table, PRESENT)
    : sql<SqlBool>`(${related(table, "'banned'")}
        or (${closed(table)} and not ${related(table, SKIPPED)}))`;

/**
 * The pairs about which the check has found something, by place in the file: a few through their places,
 * many by reading the file in order.
 *
 * @param places only these. @default all
 */
export async function findingSource(
  db: Db,
  importId: number,
  finding: OfPairs,
  places: readonly number[] | undefined,
): Promise<RecordSource> {
  const pairs = db
    .selectFrom('pairs')
    .selectAll()
    .where('import_id', '=', importId)
    .where(isFound('pairs', finding));
  const few = places ?? (await findSeqs(db, importId, finding));
  if (few !== undefined) {
    return atPlaces(few, async (seqs) =>
      (await pairs.where('seq', 'in', seqs).execute()).map(toPairRecord),
    );
  }
  return async ([seq = 0], limit) => {
    const rows = await pairs.where('seq', '>', seq).orderBy('seq').limit(limit).execute();
    return rows.map((row) => ({ at: [row.seq], record: toPairRecord(row) }));
  };
}

/** @returns places among which all wanted ones are; undefined when they are too many */
async function findSeqs(db: Db, importId: number, finding: OfPairs): Promise<number[] | undefined> {
  const relations = sql.raw(finding === 'present' ? PRESENT : "'banned'");
  const { rows } = await sql<{ seq: number }>`
    select keys.seq from earlier_relations as found
      join pair_keys as keys on keys.import_id = found.import_id
        and keys.group_id = found.group_id and keys.user_id = found.user_id
      where found.import_id = ${importId} and found.relation in (${relations})
      limit ${MOST_PLACES + 1}`.execute(db);
  const inClosed = finding === 'present' ? [] : await seqsInClosed(db, importId);
  if (rows.length + inClosed.length > MOST_PLACES) return undefined;
  return [...new Set([...rows, ...inClosed].map(({ seq }) => seq))];
}

async function seqsInClosed(db: Db, importId: number): Promise<{ seq: number }[]> {
  const { rows } = await sql<{ seq: number }>`
    select keys.seq from group_checks as checked
      join pair_keys as keys on keys.import_id = checked.import_id and keys.group_id = checked.group_id
      where checked.import_id = ${importId} and ${IS_CLOSED}
      limit ${MOST_PLACES + 1}`.execute(db);
  return rows;
}
