import type { OrderKind } from '../../domain/imports/order.ts';
import type { UserId } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';

/** What an import has stored about a person besides the rows. */
export interface PersonFacts {
  /** Address that the file uses. */
  email: string | null;
  /** Name on the portal. */
  name: string | null;
  /** What the check found: missing, dismissed or not notified. */
  checked: string | null;
  /** Groups into which the person was invited before the import. */
  invitedBefore: number[];
  /** Reminders, and withdrawals of the person's invitations. */
  orders: PersonOrder[];
}

/** What became of a person in an order on the import. */
export interface PersonOrder {
  kind: OrderKind;
  groupId: number;
  result: string | null;
  reason: string | null;
  settledAt: Date | null;
}

export async function readPersonFacts(
  db: Db,
  importId: number,
  userId: UserId,
): Promise<PersonFacts> {
  const of = (table: 'import_emails' | 'user_names' | 'user_checks' | 'earlier_relations') =>
    db.selectFrom(table).where('import_id', '=', importId).where('user_id', '=', userId);
  const email = await of('import_emails').select('import_emails.email').executeTakeFirst();
  const name = await of('user_names').select('user_names.name').executeTakeFirst();
  const check = await of('user_checks')
    .select(['user_checks.state', 'user_checks.name'])
    .executeTakeFirst();
  const orders = await db
    .selectFrom('order_pairs')
    .innerJoin('orders', 'orders.id', 'order_pairs.order_id')
    .select(['orders.kind', 'order_pairs.group_id', 'order_pairs.result'])
    .select(['order_pairs.reason', 'order_pairs.settled_at'])
    .where('order_pairs.import_id', '=', importId)
    .where('order_pairs.user_id', '=', userId)
    .where('orders.state', 'in', ['running', 'finished', 'cancelled'])
    .orderBy('orders.id')
    .execute();
  const earlier = await of('earlier_relations').select('earlier_relations.group_id').execute();
  return {
    email: email?.email ?? null,
    name: name?.name ?? check?.name ?? null,
    checked: check?.state ?? null,
    invitedBefore: earlier.map(({ group_id }) => group_id),
    orders: orders.map(({ kind, group_id, result, reason, settled_at }) => ({
      ...{ kind, groupId: group_id, result, reason },
      settledAt: settled_at === null ? null : new Date(settled_at),
    })),
  };
}
