import { countToDo } from '../../domain/imports/order.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { readOrderTallies, type StoredOrder } from '../../ledger/orders/order-store.ts';
import { ORDER_WORDS_EN } from '../../messages/en/order-words-en.ts';
import { inApiWords, toProblem } from '../../messages/problems.ts';
import type { Order } from '../schemas/orders/order-schema.ts';

export async function orderView(db: Db, order: StoredOrder): Promise<Order> {
  const { id, kind, state, actor: who, message, read, pairs, means, problem } = order;
  const tallies = await readOrderTallies(db, id);
  const { reasons } = ORDER_WORDS_EN[kind];
  return {
    ...{ id, kind, state, who, message, read, pairs, means },
    toDo: countToDo(tallies),
    results: tallies.flatMap(({ result, reason, count }) =>
      result === null || reason === null
        ? []
        : [{ result, reason, count, meaning: reasons[reason] }],
    ),
    problem: problem && problemOf(problem),
    createdAt: order.createdAt.toISOString(),
    startedAt: order.startedAt?.toISOString() ?? null,
    endedAt: order.endedAt?.toISOString() ?? null,
  };
}

function problemOf(stored: NonNullable<StoredOrder['problem']>): Order['problem'] {
  const { message, remedy, coded } = inApiWords(toProblem(stored));
  return { title: message, remedy, code: coded.code, params: { ...coded.params } };
}
