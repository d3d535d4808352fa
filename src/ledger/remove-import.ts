import type { Db } from './schema.ts';

/** Few enough that others may write in between. */
export const ROWS_PER_COMMIT = 10_000;
const BLOCKS_PER_COMMIT = 100;

/**
 * Removes an import with all it has; only for one that was never started. It is gone at once; its
 * pairs, which nobody finds without it, go after it part by part.
 */
export async function deleteImport(db: Db, id: number): Promise<void> {
  await db.deleteFrom('imports').where('id', '=', id).execute();
  await deletePairs(db, id);
}

/** Takes back all that was read into an import, which stays, so that it can be read again. */
export async function emptyImport(db: Db, id: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const table of ['chunks', 'tallies', 'row_issues', 'import_emails', 'messages'] as const) {
      await tx.deleteFrom(table).where('import_id', '=', id).execute();
    }
    await tx
      .updateTable('imports')
      .set({ row_count: 0, pair_count: 0, rejected_row_count: 0 })
      .where('id', '=', id)
      .execute();
  });
  await deletePairs(db, id);
}

/** Removes an import's pairs and all that is counted of them, part by part. */
export async function deletePairs(db: Db, id: number): Promise<void> {
  for (const table of ['group_tallies', 'minute_tallies'] as const) {
    await db.deleteFrom(table).where('import_id', '=', id).execute();
  }
  await untilNone(() =>
    db
      .deleteFrom('pairs')
      .where('import_id', '=', id)
      .where('seq', '<', (eb) =>
        eb
          .selectFrom('pairs')
          .select((select) => select(select.fn.min('seq'), '+', ROWS_PER_COMMIT).as('end'))
          .where('import_id', '=', id),
      )
      .executeTakeFirst(),
  );
  await untilNone(() =>
    db
      .deleteFrom('pair_keys')
      .where('import_id', '=', id)
      .where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('group_id', 'user_id'),
          'in',
          selectFrom('pair_keys')
            .select(['group_id', 'user_id'])
            .where('import_id', '=', id)
            .limit(ROWS_PER_COMMIT)
            .$asTuple('group_id', 'user_id'),
        ),
      )
      .executeTakeFirst(),
  );
  await untilNone(() =>
    db
      .deleteFrom('user_blocks')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('user_blocks')
          .select('id')
          .where('import_id', '=', id)
          .limit(BLOCKS_PER_COMMIT),
      )
      .executeTakeFirst(),
  );
}

async function untilNone(remove: () => Promise<{ numDeletedRows: bigint }>): Promise<void> {
  while ((await remove()).numDeletedRows > 0n);
}
