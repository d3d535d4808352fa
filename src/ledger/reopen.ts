import { randomUUID } from 'node:crypto';
import { type ExpressionBuilder, sql } from 'kysely';
import { moveInGroups, toGroupCounts } from './group-tallies.ts';
import type { Db, Schema } from './schema.ts';
import { addToTallies } from './tallies.ts';

/**
 * Gives every pair of an import that waits for its turn and is in no request the outcome
 * `cancelled/by_user`. Belongs into one transaction.
 *
 * @returns how many there were
 */
export async function cancelWaiting(db: Db, importId: number): Promise<number> {
  const isWaiting = (eb: ExpressionBuilder<Schema, 'pairs'>) =>
    eb.and([
      eb('import_id', '=', importId),
      eb('outcome', '=', 'pending'),
      eb(
        'seq',
        'not in',
        eb.selectFrom('sent_pairs').select('seq').where('import_id', '=', importId),
      ),
    ]);
  const groups = await db
    .selectFrom('pairs')
    .select('group_id')
    .select((eb) => eb.fn.countAll().as('count'))
    .where(isWaiting)
    .groupBy('group_id')
    .execute();
  await db
    .updateTable('pairs')
    .set({ outcome: 'cancelled', reason: 'by_user', detail: null, settled_at: Date.now() })
    .where(isWaiting)
    .execute();
  const count = groups.reduce((sum, group) => sum + Number(group.count), 0);
  await moveInGroups(db, importId, toGroupCounts(groups), 'pending', 'cancelled');
  await addToTallies(db, importId, [
    { outcome: 'pending', reason: null, count: -count },
    { outcome: 'cancelled', reason: 'by_user', count },
  ]);
  await recountChunks(db, importId);
  return count;
}

/**
 * Puts what failed or is unknown back in line, attempts at zero. An unknown pair may have been
 * invited: it is marked like one whose request got no answer, so that its group is read first; where
 * another import has the same pair in flight it stays unknown. Belongs into one transaction.
 *
 * @param reason only pairs with this reason
 * @returns how many there were
 */
export async function reopenPairs(
  db: Db,
  importId: number,
  reason: string | undefined,
): Promise<number> {
  await markUnknownInDoubt(db, importId, reason);
  const reopened = (eb: ExpressionBuilder<Schema, 'pairs'>) =>
    eb.and([
      eb('import_id', '=', importId),
      ...(reason === undefined ? [] : [eb('reason', '=', reason)]),
      eb.or([
        eb('outcome', '=', 'failed'),
        eb.and([
          eb('outcome', '=', 'unknown'),
          eb(
            'seq',
            'in',
            eb.selectFrom('sent_pairs').select('seq').where('import_id', '=', importId),
          ),
        ]),
      ]),
    ]);
  const ended = await db
    .selectFrom('pairs')
    .select(['group_id', 'outcome', 'reason'])
    .select((eb) => eb.fn.countAll().as('count'))
    .where(reopened)
    .groupBy(['group_id', 'outcome', 'reason'])
    .execute();
  const total = ended.reduce((sum, { count }) => sum + Number(count), 0);
  if (total === 0) return 0;
  await db
    .updateTable('pairs')
    .set({ outcome: 'pending', reason: null, detail: null, attempts: 0, settled_at: null })
    .where(reopened)
    .execute();
  await addToTallies(db, importId, [
    ...ended.map((row) => ({ ...row, count: -Number(row.count) })),
    { outcome: 'pending', reason: null, count: total },
  ]);
  for (const [outcome, groups] of Map.groupBy(ended, (row) => row.outcome)) {
    await moveInGroups(db, importId, toGroupCounts(groups), outcome, 'pending');
  }
  await recountChunks(db, importId);
  return total;
}

async function markUnknownInDoubt(
  db: Db,
  importId: number,
  reason: string | undefined,
): Promise<void> {
  await db
    .insertInto('sent_pairs')
    .columns([
      'portal',
      'group_id',
      'user_id',
      'import_id',
      'seq',
      'chunk',
      'request_id',
      'phase',
      'over_at',
    ])
    .expression((eb) =>
      eb
        .selectFrom('pairs')
        .innerJoin('imports', 'imports.id', 'pairs.import_id')
        .innerJoin('chunks', (join) =>
          join
            .onRef('chunks.import_id', '=', 'pairs.import_id')
            .on(
              sql<boolean>`(pairs.group_id, pairs.user_id) >= (chunks.first_group, chunks.first_user)`,
            )
            .on(
              sql<boolean>`(pairs.group_id, pairs.user_id) <= (chunks.last_group, chunks.last_user)`,
            ),
        )
        .select(['imports.portal', 'pairs.group_id', 'pairs.user_id', 'pairs.import_id'])
        .select(['pairs.seq', 'chunks.number'])
        .select((select) => [
          select.val(`retry-${randomUUID()}`).as('request_id'),
          select.val('sent' as const).as('phase'),
          select.val(Date.now()).as('over_at'),
        ])
        .where('pairs.import_id', '=', importId)
        .where('pairs.outcome', '=', 'unknown')
        .$if(reason !== undefined, (query) => query.where('pairs.reason', '=', reason ?? '')),
    )
    .onConflict((conflict) => conflict.columns(['portal', 'group_id', 'user_id']).doNothing())
    .execute();
}

async function recountChunks(db: Db, importId: number): Promise<void> {
  await db
    .updateTable('chunks')
    .set((eb) => ({
      unsettled: eb
        .selectFrom('pair_keys')
        .innerJoin('pairs', (join) =>
          join
            .onRef('pairs.import_id', '=', 'pair_keys.import_id')
            .onRef('pairs.seq', '=', 'pair_keys.seq'),
        )
        .select((select) => select.fn.countAll<number>().as('count'))
        .whereRef('pair_keys.import_id', '=', 'chunks.import_id')
        .where('pairs.outcome', '=', 'pending')
        .where(
          sql<boolean>`(pair_keys.group_id, pair_keys.user_id) >= (chunks.first_group, chunks.first_user)`,
        )
        .where(
          sql<boolean>`(pair_keys.group_id, pair_keys.user_id) <= (chunks.last_group, chunks.last_user)`,
        ),
    }))
    .where('import_id', '=', importId)
    .execute();
}
