import { type GroupId, MAX_ID, type UserId } from '../../domain/pairs/ids.ts';
import type { Person } from '../../domain/pairs/person.ts';
import { inSlices } from '../../domain/slices.ts';
import { rowDetail } from '../../messages/row-details.ts';
import { forgetCorrections } from '../corrections/corrections.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { writeTexts } from '../db/stored-texts.ts';
import { changeImport } from '../imports/change-import.ts';
import { findImport } from '../imports/import-store.ts';
import { forgetInOrders } from '../orders/forget-in-orders.ts';
import { forgetUserPairs } from '../pairs/user-pairs.ts';
import { countMoved, PENDING } from '../tallies/count-moved.ts';
import { forgetInTexts } from './forget-texts.ts';
import { findPersonRows, type PersonRows } from './person-rows.ts';
import { PERSON_TABLES } from './person-tables.ts';

/** Stands in place of a user's id whose data were removed. */
export const FORGOTTEN = 0 as UserId;

const DETAIL = writeTexts([rowDetail('forgotten', {})]);
const CANCELLED = { outcome: 'cancelled', reason: 'by_user' } as const;
/** Rows per statement. */
const ROWS = 500;

/** Why a person cannot be forgotten in an import now. */
export type Obstacle = 'reading' | 'running' | 'in_flight';

/** The stored file without the person; undefined when there is none. */
export type NewSource = { fileDigest: string; format: string } | undefined;

/** @returns why an import cannot forget the person now; undefined when it can */
export async function obstacleTo(
  db: Db,
  importId: number,
  { userId }: Person,
): Promise<Obstacle | undefined> {
  const state = (await findImport(db, importId))?.state;
  if (state === 'reading' || state === 'running') return state;
  if (userId === undefined) return undefined;
  const sent = await db
    .selectFrom('sent_pairs')
    .select('seq')
    .where('import_id', '=', importId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return sent === undefined ? undefined : 'in_flight';
}

/**
 * Removes a person from an import, in one transaction. The person's pairs stay in all counts, without
 * the person and their text; pending ones become `cancelled`, and none is sent or retried again.
 *
 * @returns what was removed, or the obstacle
 */
export function forgetRows(
  db: Db,
  importId: number,
  person: Person,
  source: NewSource,
): Promise<PersonRows | Obstacle> {
  return changeImport(db, importId, async (tx) => {
    const obstacle = await obstacleTo(tx, importId, person);
    if (obstacle !== undefined) return obstacle;
    const rows = await findPersonRows(tx, importId, person);
    for (const seqs of inSlices(rows.pairs, ROWS)) await forgetPairs(tx, importId, seqs);
    for (const seqs of inSlices(rows.issues, ROWS)) {
      await tx
        .updateTable('row_issues')
        .set({ user_cell: '', user_key: '', detail: DETAIL })
        .where('import_id', '=', importId)
        .where('seq', 'in', seqs)
        .execute();
    }
    await forgetCorrections(tx, importId, person, [...rows.pairs, ...rows.issues]);
    await forgetInTexts(tx, importId, person);
    if (person.userId !== undefined) await forgetUser(tx, importId, person.userId);
    if (source !== undefined) {
      const { fileDigest: file_digest, format } = source;
      await tx
        .updateTable('imports')
        .set({ file_digest, format })
        .where('id', '=', importId)
        .execute();
    }
    return rows;
  });
}

async function forgetPairs(tx: Db, importId: number, seqs: readonly number[]): Promise<void> {
  const pairs = await tx
    .selectFrom('pairs')
    .select(['seq', 'group_id', 'user_id', 'outcome', 'message_id'])
    .where('import_id', '=', importId)
    .where('seq', 'in', seqs)
    .execute();
  for (const pair of pairs) {
    if (pair.outcome === 'pending') await cancel(tx, importId, pair);
    // Chunks are ranges of keys: without a key, a pair is in none of them.
    await tx
      .deleteFrom('pair_keys')
      .where('import_id', '=', importId)
      .where('group_id', '=', pair.group_id)
      .where('user_id', '=', pair.user_id)
      .execute();
  }
  await tx
    .updateTable('pairs')
    .set({ user_id: FORGOTTEN, message_id: null, detail: DETAIL })
    .where('import_id', '=', importId)
    .where('seq', 'in', seqs)
    .execute();
  const texts = pairs.flatMap(({ message_id }) => (message_id === null ? [] : [message_id]));
  for (const id of new Set(texts)) await dropUnusedText(tx, importId, id);
}

async function cancel(
  tx: Db,
  importId: number,
  { seq, group_id, user_id }: { seq: number; group_id: GroupId; user_id: UserId },
): Promise<void> {
  const chunks = await tx
    .selectFrom('chunks')
    .select(['import_id', 'number', 'first_group', 'first_user', 'last_group', 'last_user'])
    .where('import_id', '=', importId)
    .where('first_group', '<=', group_id)
    .where('last_group', '>=', group_id)
    .execute();
  const chunk = chunks.find(
    ({ first_group, first_user, last_group, last_user }) =>
      (first_group < group_id || first_user <= user_id) &&
      (last_group > group_id || last_user >= user_id),
  );
  await tx
    .updateTable('pairs')
    .set({ ...CANCELLED, settled_at: ledgerNow(tx) })
    .where('import_id', '=', importId)
    .where('seq', '=', seq)
    .execute();
  if (chunk !== undefined) await countMoved(tx, chunk, [{ group_id }], PENDING, CANCELLED);
}

async function dropUnusedText(tx: Db, importId: number, id: number): Promise<void> {
  await tx
    .deleteFrom('messages')
    .where('id', '=', id)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('pairs')
            .select('pairs.seq')
            .where('pairs.import_id', '=', importId)
            .where('pairs.message_id', '=', id),
        ),
      ),
    )
    .execute();
}

async function forgetUser(tx: Db, importId: number, userId: UserId): Promise<void> {
  await forgetUserPairs(tx, importId, userId);
  await forgetInOrders(tx, importId, userId);
  for (const table of PERSON_TABLES) {
    await tx
      .deleteFrom(table)
      .where('import_id', '=', importId)
      .where('user_id', '=', userId)
      .execute();
  }
  // The range stays the same without the pair at its end.
  for (const [end, user] of [
    ['first_user', Math.min(userId + 1, MAX_ID)],
    ['last_user', userId - 1],
  ] as const) {
    await tx
      .updateTable('chunks')
      .set({ [end]: user })
      .where('import_id', '=', importId)
      .where(end, '=', userId)
      .execute();
  }
}
