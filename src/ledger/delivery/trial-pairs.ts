import { auditDetail } from '../../messages/audit-details.ts';
import type { Db } from '../db/schema.ts';
import { recordAudit } from '../imports/audit.ts';
import { changeState } from '../imports/import-state.ts';
import { seqsOf } from '../pairs/pair-queries.ts';
import { divideByChunk, type PairKey } from './divide-by-chunk.ts';

/**
 * Restricts an import to its first pairs that can be invited, as far as the check knows: `markSent` marks no
 * others, and the import pauses as soon as they have their outcomes. The pairs are chosen here once, so that
 * retries and restarts send no further ones. Call inside `changeImport`.
 *
 * @returns how many pairs the trial has
 */
export async function beginTrial(tx: Db, importId: number, most: number): Promise<number> {
  await endTrial(tx, importId);
  const sure = await firstPending(tx, importId, most, { isChecked: true });
  const pairs =
    sure.length < most ? withOthers(sure, await firstPending(tx, importId, most), most) : sure;
  if (pairs.length === 0) return 0;
  const rows = [...(await divideByChunk(tx, importId, pairs))].flatMap(([chunk, some]) =>
    some.map(({ seq }) => ({ import_id: importId, seq, chunk })),
  );
  await tx.insertInto('trial_pairs').values(rows).execute();
  await tx.updateTable('imports').set({ trial: rows.length }).where('id', '=', importId).execute();
  return rows.length;
}

/** Lets an import send all its pairs. Call inside `changeImport`. */
export async function endTrial(tx: Db, importId: number): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ trial: null })
    .where('id', '=', importId)
    .where('trial', 'is not', null)
    .execute();
  await tx.deleteFrom('trial_pairs').where('import_id', '=', importId).execute();
}

/** Ends a trial when all of its pairs have their outcomes: a resumed import sends the others. */
export async function endTrialWhenOver(tx: Db, importId: number): Promise<void> {
  const trial = await readTrial(tx, importId);
  if (trial?.pending === 0) await endTrial(tx, importId);
}

/** Pauses a running import when all pairs of its trial have their outcomes. Call inside `changeImport`. */
export async function pauseAfterTrial(tx: Db, importId: number): Promise<void> {
  const trial = await readTrial(tx, importId);
  if (trial === undefined || trial.pending > 0) return;
  if (!(await changeState(tx, importId, ['running'], 'paused'))) return;
  const detail = auditDetail('pairs', { pairs: trial.pairs });
  await recordAudit(tx, { importId, actor: 'worker', action: 'tried', detail });
}

/** A trial's pairs, and how many of them are invited or have no outcome yet. */
export interface Trial {
  pairs: number;
  invited: number;
  pending: number;
}

/** @returns undefined for an import without a trial */
export async function readTrial(db: Db, importId: number): Promise<Trial | undefined> {
  const row = await db
    .selectFrom('imports')
    .select('trial')
    .where('id', '=', importId)
    .executeTakeFirst();
  if (row?.trial == null) return undefined;
  const outcomes = await trialPairs(db, importId).select('pairs.outcome').execute();
  const count = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  return { pairs: outcomes.length, invited: count('invited'), pending: count('pending') };
}

const trialPairs = (db: Db, importId: number) =>
  db
    .selectFrom('trial_pairs')
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'trial_pairs.import_id')
        .onRef('pairs.seq', '=', 'trial_pairs.seq'),
    )
    .where('trial_pairs.import_id', '=', importId);

/** @param isChecked only pairs that the check expects to be invited. @default all pending ones */
async function firstPending(
  tx: Db,
  importId: number,
  limit: number,
  { isChecked = false } = {},
): Promise<PairKey[]> {
  const rows = await tx
    .selectFrom('pairs')
    .select(['pairs.seq', 'pairs.group_id', 'pairs.user_id'])
    .where('pairs.import_id', '=', importId)
    .where('pairs.outcome', '=', 'pending')
    .$if(isChecked, (query) =>
      query
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('group_checks')
              .select('group_checks.group_id')
              .whereRef('group_checks.import_id', '=', 'pairs.import_id')
              .whereRef('group_checks.group_id', '=', 'pairs.group_id')
              .where('group_checks.to_invite', '>', 0),
          ),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('user_checks')
                .select('user_checks.user_id')
                .whereRef('user_checks.import_id', '=', 'pairs.import_id')
                .whereRef('user_checks.user_id', '=', 'pairs.user_id'),
            ),
          ),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('earlier_relations')
                .select('earlier_relations.user_id')
                .whereRef('earlier_relations.import_id', '=', 'pairs.import_id')
                .whereRef('earlier_relations.group_id', '=', 'pairs.group_id')
                .whereRef('earlier_relations.user_id', '=', 'pairs.user_id'),
            ),
          ),
        ),
    )
    .orderBy('pairs.seq')
    .limit(limit)
    .execute();
  return rows.map(({ seq, group_id, user_id }) => ({ seq, groupId: group_id, userId: user_id }));
}

function withOthers(sure: readonly PairKey[], all: readonly PairKey[], most: number): PairKey[] {
  const known = new Set(seqsOf(sure));
  return [...sure, ...all.filter(({ seq }) => !known.has(seq))].slice(0, most);
}

/** Whether a chunk has nothing to send, because its pending pairs are not in the import's trial. */
export async function isOutsideTrial(
  db: Db,
  { import_id: importId, number }: { import_id: number; number: number },
): Promise<boolean> {
  if ((await readTrial(db, importId)) === undefined) return false;
  const pending = await trialPairs(db, importId)
    .select('pairs.seq')
    .where('trial_pairs.chunk', '=', number)
    .where('pairs.outcome', '=', 'pending')
    .executeTakeFirst();
  return pending === undefined;
}
