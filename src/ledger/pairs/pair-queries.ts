import { type ExpressionBuilder, sql } from 'kysely';
import type { GroupId } from '../../domain/pairs/ids.ts';
import type { Pair } from '../../domain/pairs/pair.ts';
import type { CodedText } from '../../domain/text/coded-text.ts';
import type { Db, Schema } from '../db/schema.ts';
import { writeTexts } from '../db/stored-texts.ts';
import type { ChunkRange } from '../delivery/chunks.ts';
import { readTexts } from './message-store.ts';

/**
 * Restricts a query on `pair_keys` to a chunk: a range of the key (group, user). The conditions on the
 * group alone are redundant, but Postgres estimates a comparison of two columns at a third of the table.
 */
export const inChunk = (range: ChunkRange) => sql<boolean>`
  pair_keys.import_id = ${range.import_id}
  and pair_keys.group_id >= ${range.first_group} and pair_keys.group_id <= ${range.last_group}
  and (pair_keys.group_id, pair_keys.user_id) >= (${range.first_group}, ${range.first_user})
  and (pair_keys.group_id, pair_keys.user_id) <= (${range.last_group}, ${range.last_user})`;

export const seqsOf = (pairs: readonly { seq: number }[]): number[] => pairs.map(({ seq }) => seq);

/** Pairs joined with their keys. */
export const keysAndPairs = (db: Db) =>
  db
    .selectFrom('pair_keys')
    .innerJoin('pairs', (join) =>
      join
        .onRef('pairs.import_id', '=', 'pair_keys.import_id')
        .onRef('pairs.seq', '=', 'pair_keys.seq'),
    );

/**
 * The pairs of a chunk ordered by group and user, the key that a chunk is a range of. Any other order would
 * read the whole import to return the first few.
 */
export const pairsOfChunk = (db: Db, range: ChunkRange) =>
  keysAndPairs(db).where(inChunk(range)).orderBy('pair_keys.group_id').orderBy('pair_keys.user_id');

/** Whether a pair is in no request of any import. */
export const isInNoRequest = (eb: ExpressionBuilder<Schema, 'pairs' | 'imports'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('sent_pairs')
        .select('sent_pairs.seq')
        .whereRef('sent_pairs.portal', '=', 'imports.portal')
        .whereRef('sent_pairs.group_id', '=', 'pairs.group_id')
        .whereRef('sent_pairs.user_id', '=', 'pairs.user_id'),
    ),
  );

/** Whether a pair may be sent: a trial sends only its own pairs. */
export const isInTrial = (eb: ExpressionBuilder<Schema, 'pairs' | 'imports'>) =>
  eb.or([
    eb('imports.trial', 'is', null),
    eb.exists(
      eb
        .selectFrom('trial_pairs')
        .select('trial_pairs.seq')
        .whereRef('trial_pairs.import_id', '=', 'pairs.import_id')
        .whereRef('trial_pairs.seq', '=', 'pairs.seq'),
    ),
  ]);

/** Most characters of invitation texts that are read for one chunk at a time. */
const MOST_CHARACTERS = 4_000_000;

/**
 * Reads the pairs of a chunk that are pending and in no request, ordered by group and user. Where they
 * have very long texts it reads only the first of them; the rest is read after these were sent. During a
 * trial it reads only the pairs of the trial.
 *
 * @param mostCharacters total length of the texts; the first pair is read whatever its text. @default 4,000,000
 * @param except groups to leave out. @default none
 */
export async function readSendable(
  db: Db,
  range: ChunkRange,
  mostCharacters = MOST_CHARACTERS,
  except: readonly GroupId[] = [],
): Promise<Pair[]> {
  const rows = await pairsOfChunk(db, range)
    .innerJoin('imports', 'imports.id', 'pairs.import_id')
    .select(['pairs.seq', 'pairs.group_id', 'pairs.user_id', 'pairs.attempts', 'pairs.message_id'])
    .where('pairs.outcome', '=', 'pending')
    .$if(except.length > 0, (query) => query.where('pairs.group_id', 'not in', except))
    .where(isInNoRequest)
    .where(isInTrial)
    .execute();
  const ids = new Set(rows.map(({ message_id }) => message_id));
  const texts = await readTexts(db, range.import_id, ids, mostCharacters);
  const pairs: Pair[] = [];
  for (const row of rows) {
    const message = texts.get(row.message_id);
    if (message === undefined) break;
    pairs.push({
      seq: row.seq,
      groupId: row.group_id,
      userId: row.user_id,
      message,
      attempts: row.attempts,
    });
  }
  return pairs;
}

/** Records the portal's latest error for pairs that remain pending. */
export async function noteFailure(
  db: Db,
  importId: number,
  failures: readonly { seq: number; detail: CodedText }[],
): Promise<void> {
  for (const [detail, group] of Map.groupBy(failures, (failure) => writeTexts([failure.detail]))) {
    await db
      .updateTable('pairs')
      .set({ detail })
      .where('import_id', '=', importId)
      .where('seq', 'in', seqsOf(group))
      .where('outcome', '=', 'pending')
      .execute();
  }
}
