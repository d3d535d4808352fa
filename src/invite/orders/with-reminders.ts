import type { Order } from '../../domain/imports/order.ts';
import type { Db } from '../../ledger/db/schema.ts';
import type { InvitedPair } from '../../ledger/orders/order-pairs.ts';
import { readReminded } from '../../ledger/orders/reminded.ts';

/** @returns the pairs, for a reminder with who must not be reminded again yet */
export async function withReminders(
  db: Db,
  { id, kind }: Pick<Order, 'id' | 'kind'>,
  pairs: readonly InvitedPair[],
): Promise<readonly InvitedPair[]> {
  if (kind !== 'remind') return pairs;
  const userIds = [...new Set(pairs.map(({ userId }) => userId))];
  const reminded = await readReminded(db, id, userIds);
  return pairs.map((pair) => ({ ...pair, isReminded: reminded.has(pair.userId) }));
}
