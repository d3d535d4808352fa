import { sql } from 'kysely';
import type { Import } from '../domain/import.ts';
import { changeImport } from './change-import.ts';
import { deletePairs, ROWS_PER_COMMIT } from './remove-import.ts';
import type { Db } from './schema.ts';
import { toImport } from './stored-import.ts';

/** States in which nothing happens any more, unless somebody retries. */
const ENDED = ['finished', 'cancelled'] as const;

const purgeable = (db: Db, endedBefore: Date) =>
  db
    .selectFrom('imports')
    .selectAll()
    .where('state', 'in', ENDED)
    .where('finished_at', '<', endedBefore.getTime())
    // Of a cancelled import, requests may still be in flight.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('chunks')
            .select('number')
            .whereRef('chunks.import_id', '=', 'imports.id')
            .where('unsettled', '>', 0),
        ),
      ),
    );

/** @returns the imports that ended before, oldest first */
export async function endedImports(db: Db, endedBefore: Date): Promise<Import[]> {
  return (await purgeable(db, endedBefore).orderBy('id').execute()).map(toImport);
}

/**
 * Removes an import with all it has, in parts small enough that others may write in between; only one
 * that ended before, so that one which somebody retries meanwhile stays.
 *
 * @returns whether it is gone
 */
export async function purgeImport(db: Db, id: number, endedBefore: Date): Promise<boolean> {
  const isPurgeable = async (tx: Db) =>
    (await purgeable(tx, endedBefore).where('id', '=', id).executeTakeFirst()) !== undefined;
  // Before the import, which would take them along at once; a retry has no use for them.
  for (;;) {
    const removed = await changeImport(db, id, async (tx) => {
      if (!(await isPurgeable(tx))) return undefined;
      const issues = await removePart(tx, id, 'row_issues', 'seq');
      return issues > 0n ? issues : removePart(tx, id, 'import_emails', 'user_id');
    });
    if (removed === undefined) return false;
    if (removed === 0n) break;
  }
  const gone = await changeImport(db, id, async (tx) => {
    if (!(await isPurgeable(tx))) return false;
    await tx.deleteFrom('imports').where('id', '=', id).execute();
    return true;
  });
  if (gone) await deletePairs(db, id);
  return gone;
}

async function removePart(
  tx: Db,
  id: number,
  table: 'row_issues' | 'import_emails',
  key: 'seq' | 'user_id',
): Promise<bigint> {
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)} where import_id = ${id} and ${sql.ref(key)} in (
      select ${sql.ref(key)} from ${sql.table(table)} where import_id = ${id}
      order by ${sql.ref(key)} limit ${ROWS_PER_COMMIT}
    )`.execute(tx);
  return numAffectedRows;
}

/**
 * Removes the pairs of imports that are gone: what a removal left that was killed.
 *
 * @returns of how many imports
 */
export async function purgeOrphans(db: Db): Promise<number> {
  const orphans = new Set<number>();
  for (const table of ['pairs', 'pair_keys'] as const) {
    for (let after = 0; ; ) {
      const next = await db
        .selectFrom(table)
        .select((eb) => eb.fn.min('import_id').as('id'))
        .where(sql<boolean>`import_id > ${after}`)
        .executeTakeFirst();
      if (next?.id === undefined || next.id === null) break;
      after = Number(next.id);
      const parent = await db
        .selectFrom('imports')
        .select('id')
        .where('id', '=', after)
        .executeTakeFirst();
      if (parent === undefined) orphans.add(after);
    }
  }
  for (const id of orphans) await deletePairs(db, id);
  return orphans.size;
}
