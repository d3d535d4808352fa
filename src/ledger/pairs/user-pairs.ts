import type { UserId } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';
import { radixOrder } from '../external-sort/radix.ts';

/** One import's pairs of a user, by their places in the source. */
export interface UserPairs {
  importId: number;
  seqs: number[];
}

const PAIRS_PER_BLOCK = 4_096;
const USER_BYTES = Uint32Array.BYTES_PER_ELEMENT;
const SEQ_BYTES = Float64Array.BYTES_PER_ELEMENT;

/**
 * Records the places of users' pairs in blocks. A block holds pairs sorted by user: first all user ids,
 * then all places, in the machine's byte order. One row per user would add a second per million pairs;
 * blocks add next to nothing. The more pairs a call receives, the fewer blocks hold the same user.
 */
export async function insertUserPairs(
  db: Db,
  importId: number,
  pairs: { users: Uint32Array; seqs: Float64Array },
): Promise<void> {
  const order = radixOrder([pairs.users]);
  for (let from = 0; from < order.length; from += PAIRS_PER_BLOCK) {
    const places = order.subarray(from, from + PAIRS_PER_BLOCK);
    const users = Uint32Array.from(places, (place) => pairs.users[place] ?? 0);
    const seqs = Float64Array.from(places, (place) => pairs.seqs[place] ?? 0);
    await db
      .insertInto('user_blocks')
      .values({
        import_id: importId,
        first_user: (users[0] ?? 0) as UserId,
        last_user: (users.at(-1) ?? 0) as UserId,
        pairs: Buffer.concat([bytesOf(users), bytesOf(seqs)]),
      })
      .execute();
  }
}

/** @returns the places of a user's pairs in the order of the source, newest import first */
export async function findUserPairs(
  db: Db,
  userId: UserId,
  importId?: number,
): Promise<UserPairs[]> {
  const blocks = await db
    .selectFrom('user_blocks')
    .select(['import_id', 'pairs'])
    .where('first_user', '<=', userId)
    .where('last_user', '>=', userId)
    .$if(importId !== undefined, (query) => query.where('import_id', '=', importId ?? 0))
    .orderBy('import_id', 'desc')
    .execute();
  const found: UserPairs[] = [];
  for (const [id, group] of Map.groupBy(blocks, (block) => block.import_id)) {
    const seqs = group.flatMap((block) => seqsOf(block.pairs, userId)).sort((a, b) => a - b);
    if (seqs.length > 0) found.push({ importId: id, seqs });
  }
  return found;
}

/** Blocks per query: one takes 48 kB. */
const BLOCKS_PER_PAGE = 50;

/** @returns the places of some users' pairs in an import, in order */
export async function findPlacesOfUsers(
  db: Db,
  importId: number,
  users: ReadonlySet<UserId>,
): Promise<number[]> {
  const wanted = [...users].sort((a, b) => a - b);
  const blocks = await db
    .selectFrom('user_blocks')
    .select(['id', 'first_user', 'last_user'])
    .where('import_id', '=', importId)
    .execute();
  const needed = blocks.filter(({ first_user, last_user }) => {
    const next = wanted[firstAtLeast(wanted, first_user)];
    return next !== undefined && next <= last_user;
  });
  const seqs: number[] = [];
  for (let at = 0; at < needed.length; at += BLOCKS_PER_PAGE) {
    const rows = await db
      .selectFrom('user_blocks')
      .select('pairs')
      .where(
        'id',
        'in',
        needed.slice(at, at + BLOCKS_PER_PAGE).map(({ id }) => id),
      )
      .execute();
    for (const { pairs } of rows) seqs.push(...placesIn(readBlock(pairs), wanted));
  }
  return seqs.sort((a, b) => a - b);
}

/** Both the block and the wanted users are sorted. */
function* placesIn(
  { users, seqs }: { users: Uint32Array; seqs: Float64Array },
  wanted: readonly number[],
): Generator<number> {
  const last = users.at(-1) ?? 0;
  for (let next = firstAtLeast(wanted, users[0] ?? 0); next < wanted.length; next++) {
    const user = wanted[next] ?? 0;
    if (user > last) return;
    for (let at = firstAtLeast(users, user); users[at] === user; at++) yield seqs[at] ?? 0;
  }
}

/** @returns the index of the first number that is not less; the length when there is none */
function firstAtLeast(sorted: readonly number[] | Uint32Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Removes a user from the places of an import's pairs. */
export async function forgetUserPairs(db: Db, importId: number, userId: UserId): Promise<void> {
  const blocks = await db
    .selectFrom('user_blocks')
    .select(['id', 'pairs'])
    .where('import_id', '=', importId)
    .where('first_user', '<=', userId)
    .where('last_user', '>=', userId)
    .execute();
  for (const { id, pairs } of blocks) {
    const { users, seqs } = readBlock(pairs);
    const isOther = (_: number, at: number) => users[at] !== userId;
    const [others, places] = [users.filter(isOther), seqs.filter(isOther)];
    if (others.length === users.length) continue;
    await db
      .updateTable('user_blocks')
      .set({
        first_user: (others[0] ?? 0) as UserId,
        last_user: (others.at(-1) ?? 0) as UserId,
        pairs: Buffer.concat([bytesOf(others), bytesOf(places)]),
      })
      .where('id', '=', id)
      .execute();
  }
}

function seqsOf(bytes: Uint8Array, userId: UserId): number[] {
  const { users, seqs } = readBlock(bytes);
  const from = users.indexOf(userId);
  return from < 0 ? [] : [...seqs.subarray(from, users.lastIndexOf(userId) + 1)];
}

function readBlock(bytes: Uint8Array): { users: Uint32Array; seqs: Float64Array } {
  const count = bytes.length / (USER_BYTES + SEQ_BYTES);
  // A copy: typed arrays must begin at a multiple of their element size.
  const { buffer } = Uint8Array.from(bytes);
  const seqs = new Uint8Array(buffer).slice(count * USER_BYTES);
  return { users: new Uint32Array(buffer, 0, count), seqs: new Float64Array(seqs.buffer) };
}

const bytesOf = ({ buffer }: Uint32Array | Float64Array): Uint8Array => new Uint8Array(buffer);
