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

function seqsOf(bytes: Uint8Array, userId: UserId): number[] {
  const count = bytes.length / (USER_BYTES + SEQ_BYTES);
  // A copy: typed arrays must begin at a multiple of their element size.
  const { buffer } = Uint8Array.from(bytes);
  const users = new Uint32Array(buffer, 0, count);
  const seqs = new Uint8Array(buffer).slice(count * USER_BYTES);
  const from = users.indexOf(userId);
  if (from < 0) return [];
  return [...new Float64Array(seqs.buffer).subarray(from, users.lastIndexOf(userId) + 1)];
}

const bytesOf = ({ buffer }: Uint32Array | Float64Array): Uint8Array => new Uint8Array(buffer);
