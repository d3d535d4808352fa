import type { ImportCheck } from '../../domain/imports/import-check.ts';
import type { Db } from '../db/schema.ts';

const TABLES = ['checks', 'group_checks', 'user_checks', 'earlier_relations'] as const;

/** Deletes the results of an earlier check of the import. Call before a new check. */
export async function forgetCheck(db: Db, importId: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const table of TABLES) {
      await tx.deleteFrom(table).where('import_id', '=', importId).execute();
    }
  });
}

export async function recordCheck(db: Db, importId: number, check: ImportCheck): Promise<void> {
  const { invitations, forecast } = check;
  await db
    .insertInto('checks')
    .values({
      import_id: importId,
      checked_at: check.checkedAt.getTime(),
      not_shown: check.notShown.join(','),
      people: check.people,
      invited_pairs: invitations.pairs,
      invited_people: invitations.people,
      seconds: forecast.seconds,
      bound_by: forecast.limit,
      requests: forecast.requests,
      cost_seconds: forecast.costPerInviteSeconds,
      cost_assumed: forecast.assumed ? 1 : 0,
      filtered_texts: check.filteredTexts,
    })
    .execute();
}

/** @returns the result of the import's last check; undefined when none was completed */
export async function readCheck(db: Db, importId: number): Promise<ImportCheck | undefined> {
  const row = await db
    .selectFrom('checks')
    .selectAll()
    .where('import_id', '=', importId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    checkedAt: new Date(row.checked_at),
    notShown: row.not_shown.split(',').filter(Boolean),
    people: row.people,
    invitations: { pairs: row.invited_pairs, people: row.invited_people },
    forecast: {
      seconds: row.seconds,
      limit: row.bound_by,
      requests: row.requests,
      costPerInviteSeconds: row.cost_seconds,
      assumed: row.cost_assumed === 1,
    },
    filteredTexts: row.filtered_texts,
  };
}
