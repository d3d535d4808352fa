import { IMPORT_STATES, type Import, type StoredImportState } from '../../domain/imports/import.ts';
import { MAX_ID } from '../../domain/pairs/ids.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { storedImports, toImport } from './stored-import.ts';

/** Creates an import in state `reading`: its rows are still to be read. @returns its id */
export async function createImport(
  db: Db,
  given: Pick<Import, 'fileName' | 'fileDigest' | 'portal' | 'message' | 'format'>,
): Promise<number> {
  const { id } = await db
    .insertInto('imports')
    .values({
      file_name: given.fileName,
      file_digest: given.fileDigest,
      portal: given.portal,
      message: given.message,
      format: given.format,
      state: 'reading',
      row_count: 0,
      results_due: 0,
      created_at: ledgerNow(db),
      worked_ms: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findImport(db: Db, id: number): Promise<Import | undefined> {
  // Postgres fails on a larger number instead of finding nothing.
  if (id > MAX_ID) return undefined;
  const row = await storedImports(db).where('id', '=', id).executeTakeFirst();
  return row && toImport(row);
}

export async function listImports(db: Db): Promise<Import[]> {
  const rows = await storedImports(db).orderBy('id', 'desc').execute();
  return rows.map(toImport);
}

/** @returns the existing imports with these ids, oldest first */
export async function findImports(db: Db, ids: readonly number[]): Promise<Import[]> {
  if (ids.length === 0) return [];
  const rows = await storedImports(db).where('id', 'in', ids).orderBy('id').execute();
  return rows.map(toImport);
}

/** @returns imports that can change without a user's action, oldest first, or that ended since then */
export async function importsInMotion(db: Db, since: Date): Promise<Import[]> {
  const rows = await storedImports(db)
    .where('state', '!=', 'ready')
    .where((eb) =>
      eb.or([
        eb('state', 'not in', ['finished', 'cancelled']),
        eb('finished_at', '>=', since.getTime()),
        eb('id', 'in', eb.selectFrom('sent_pairs').select('import_id')),
        // Orders change outcomes of imports that have ended.
        eb(
          'id',
          'in',
          eb
            .selectFrom('orders')
            .select('import_id')
            .where((of) =>
              of.or([of('state', '=', 'running'), of('ended_at', '>=', since.getTime())]),
            ),
        ),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(toImport);
}

/** @returns the newest drafts (imports that wait for their start), at most `limit` */
export async function newestDrafts(db: Db, limit: number): Promise<Import[]> {
  const rows = await storedImports(db)
    .where('state', '=', 'ready')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toImport);
}

/** @returns for each draft a digest of the values that can change before its start */
export async function digestDrafts(db: Db): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('imports')
    .select(['id', 'problem'])
    .where('state', '=', 'ready')
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ id, problem }) => [id, problem ?? '']));
}

/** @returns the imports in one of the states, oldest first */
export async function importsInState(
  db: Db,
  portal: string,
  ...states: StoredImportState[]
): Promise<Import[]> {
  const rows = await storedImports(db)
    .where('portal', '=', portal)
    .where('state', 'in', states)
    .orderBy('id')
    .execute();
  return rows.map(toImport);
}

/** @returns the number of imports per state, zeros included */
export async function countImports(db: Db): Promise<Record<StoredImportState, number>> {
  const rows = await db
    .selectFrom('imports')
    .select(['state', (eb) => eb.fn.countAll().as('count')])
    .groupBy('state')
    .execute();
  const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  const all = IMPORT_STATES.map((state) => [state, counts.get(state) ?? 0]);
  return Object.fromEntries(all) as Record<StoredImportState, number>;
}

/** Records whether the results of the import are still to be delivered to the user who started it. */
export async function setResultsDue(db: Db, id: number, due: boolean): Promise<void> {
  await db
    .updateTable('imports')
    .set({ results_due: due ? 1 : 0 })
    .where('id', '=', id)
    .execute();
}
