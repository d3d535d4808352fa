import { sql } from 'kysely';
import { type GroupId, MAX_ID, type UserId } from '../../domain/pairs/ids.ts';
import type { Tally } from '../../domain/pairs/outcome.ts';
import type { Db } from '../db/schema.ts';
import { readTallies } from '../tallies/tallies.ts';

export interface Key {
  groupId: GroupId;
  userId: UserId;
  /** Whether the check found that the portal does not list the user. */
  isMissing: boolean;
}

/** A group of the file, with its number of pairs. */
export interface GroupPairs {
  id: GroupId;
  pairs: number;
}

/** Few enough that reading a page does not delay other tasks. */
const KEYS_PER_PAGE = 2_500;

interface ReadKeysOptions {
  perPage?: number;
  signal?: AbortSignal | undefined;
}

/**
 * Reads an import's pending pairs ordered by group and user, page by page: before the start, others are those that
 * were left out.
 *
 * @param range only pairs of these groups, both ends included
 * @param options.perPage pairs per page. @default 2,500
 * @param options.signal aborts before the next page, by throwing its reason
 */
export async function* readKeys(
  db: Db,
  importId: number,
  range: { first: number; last: number } = { first: 0, last: MAX_ID },
  { perPage = KEYS_PER_PAGE, signal }: ReadKeysOptions = {},
): AsyncGenerator<Key[]> {
  let [group, user] = [range.first, 0];
  // Reading the outcomes as well takes twice as long.
  const hasOthers = (await readTallies(db, importId)).some(isSettledPair);
  for (;;) {
    signal?.throwIfAborted();
    const rows = await db
      .selectFrom('pair_keys')
      .leftJoin('user_checks', (join) =>
        join
          .onRef('user_checks.import_id', '=', 'pair_keys.import_id')
          .onRef('user_checks.user_id', '=', 'pair_keys.user_id')
          .on('user_checks.state', '=', 'missing'),
      )
      .select(['pair_keys.group_id', 'pair_keys.user_id', 'user_checks.state'])
      .where('pair_keys.import_id', '=', importId)
      .where(sql<boolean>`(pair_keys.group_id, pair_keys.user_id) > (${group}, ${user})`)
      .where('pair_keys.group_id', '<=', range.last as GroupId)
      .orderBy('pair_keys.group_id')
      .orderBy('pair_keys.user_id')
      .$if(hasOthers, (query) =>
        query
          .innerJoin('pairs', (join) =>
            join
              .onRef('pairs.import_id', '=', 'pair_keys.import_id')
              .onRef('pairs.seq', '=', 'pair_keys.seq'),
          )
          .where('pairs.outcome', '=', 'pending'),
      )
      .limit(perPage)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => ({
      groupId: row.group_id,
      userId: row.user_id,
      isMissing: row.state !== null,
    }));
    if (rows.length < perPage) return;
    [group, user] = [last.group_id, last.user_id];
  }
}

const isSettledPair = ({ outcome, count }: Tally): boolean =>
  count > 0 && outcome !== 'pending' && outcome !== 'rejected' && outcome !== 'duplicate';

/** Reads an import's groups with pending pairs ordered by id, page by page. */
export async function* readGroupPairs(
  db: Db,
  importId: number,
  perPage: number,
): AsyncGenerator<GroupPairs[]> {
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('group_tallies')
      .select('group_id')
      .select((eb) => eb.fn.sum('count').as('pairs'))
      .where('import_id', '=', importId)
      .where('group_id', '>', after as GroupId)
      .where('outcome', '=', 'pending')
      .where('count', '>', 0)
      .groupBy('group_id')
      .orderBy('group_id')
      .limit(perPage)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => ({ id: row.group_id, pairs: Number(row.pairs) }));
    if (rows.length < perPage) return;
    after = last.group_id;
  }
}
