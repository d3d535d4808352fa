import { randomUUID } from 'node:crypto';
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { GroupId } from '../domain/ids.ts';
import type { Outcome, Settled, Tally } from '../domain/outcome.ts';
import { addUnsettled, ChunkCount, readChunkEnds } from './chunk-count.ts';
import { moveInGroups } from './group-tallies.ts';
import type { Db, Schema } from './schema.ts';
import { addToTallies } from './tallies.ts';

const PAIRS_PER_PAGE = 10_000;
/** Of unknown pairs: the portal answered, and left them out. */
const NOT_EXPLAINED: Settled['reason'] = 'not_explained';

/**
 * Puts what failed or is unknown back in line, attempts at zero. A pair whose request got no answer may
 * have been invited: it is marked as it was then, so that its group is read first; where another import
 * has the same pair in flight it stays unknown. One that an answer left out was not: it is sent again.
 * Belongs into `changeImport`.
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
        eb.and([eb('outcome', '=', 'unknown'), eb('reason', '=', NOT_EXPLAINED)]),
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
  const { total, chunks, tallies, groups } = await countReopened(db, importId, reopened);
  if (total === 0) return 0;
  await db
    .updateTable('pairs')
    .set({ outcome: 'pending', reason: null, detail: null, attempts: 0, settled_at: null })
    .where(reopened)
    .execute();
  await addToTallies(db, importId, [
    ...tallies,
    { outcome: 'pending', reason: null, count: total },
  ]);
  for (const [outcome, counts] of groups) {
    await moveInGroups(db, importId, counts, outcome, 'pending');
  }
  await addUnsettled(db, importId, chunks);
  return total;
}

type Condition = (eb: ExpressionBuilder<Schema, 'pairs'>) => Expression<SqlBool>;

/** Counts pairs page by page in all the ways in which their return is recorded. */
async function countReopened(db: Db, importId: number, reopened: Condition) {
  const chunks = new ChunkCount(await readChunkEnds(db, importId));
  const tallies: Tally[] = [];
  const groups = new Map<Outcome, Map<GroupId, number>>();
  let total = 0;
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom('pairs')
      .select(['seq', 'group_id', 'user_id', 'outcome', 'reason'])
      .where(reopened)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(PAIRS_PER_PAGE)
      .execute();
    for (const pair of page) {
      const counts = groups.get(pair.outcome) ?? new Map<GroupId, number>();
      groups.set(pair.outcome, counts);
      counts.set(pair.group_id, (counts.get(pair.group_id) ?? 0) + 1);
      chunks.add(pair);
    }
    for (const [key, pairs] of Map.groupBy(page, (pair) => `${pair.outcome}/${pair.reason}`)) {
      const [{ outcome, reason } = { outcome: 'failed' as const, reason: key }] = pairs;
      tallies.push({ outcome, reason, count: -pairs.length });
    }
    total += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAIRS_PER_PAGE) break;
    after = last.seq;
  }
  return { total, chunks: chunks.counts, tallies, groups };
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
          // Whatever request that was, it has ended.
          select.val(0).as('over_at'),
        ])
        .where('pairs.import_id', '=', importId)
        .where('pairs.outcome', '=', 'unknown')
        .where('pairs.reason', '!=', NOT_EXPLAINED)
        .$if(reason !== undefined, (query) => query.where('pairs.reason', '=', reason ?? ''))
        // As `markSent` enters them: two imports must not wait for each other's pairs.
        .orderBy('pairs.group_id')
        .orderBy('pairs.user_id'),
    )
    .onConflict((conflict) => conflict.columns(['portal', 'group_id', 'user_id']).doNothing())
    .execute();
}
