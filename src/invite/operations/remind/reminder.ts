import type { OrderVerdict } from '../../../domain/imports/order.ts';
import type { InvitedPair } from '../../../ledger/orders/order-pairs.ts';
import { problem } from '../../../messages/problems.ts';
import { NOTIFY_SCOPE } from '../../../portal/methods/notify.ts';
import type { OrderedOperation, OrderFinding, OrderView } from '../ordered-operation.ts';
import { NOTIFYING } from './remind-operation.ts';

/**
 * Reminds people whose invitation is still pending, each once per order and not again within some days. Nothing shows
 * what became of a request without an answer, so it is never repeated.
 */
export const REMINDER: OrderedOperation = {
  kind: 'remind',
  action: 'remind',
  needsOrigin: false,
  notifies: true,
  freshMs: 60_000,
  meansOf: () => ({ method: 'notify', isAllowed: true, showsOrigin: true }),
  obstacleTo: ({ scopes }) =>
    scopes === undefined || scopes.has(NOTIFY_SCOPE)
      ? undefined
      : problem('order_scope_missing', { scope: NOTIFY_SCOPE }),
  with: () => NOTIFYING,
  judge,
  conclude: undefined,
};

function judge(
  { userId, isReminded }: Pick<InvitedPair, 'userId' | 'isReminded'>,
  { group }: OrderView,
): OrderFinding {
  switch (group.kind) {
    case 'not_found':
      return settled({ result: 'refused', reason: 'group_unseen' });
    case 'no_scope':
      return settled({ result: 'refused', reason: 'no_scope' });
    case 'failed':
      return { kind: 'wait', failure: group.failure };
    case 'read':
      break;
    default:
      group satisfies never;
  }
  const { members, pending, showsPending } = group.group;
  if (members.has(userId)) return settled({ result: 'kept', reason: 'joined' });
  if (!pending.has(userId)) {
    return showsPending
      ? settled({ result: 'kept', reason: 'gone' })
      : settled({ result: 'refused', reason: 'not_read' });
  }
  return isReminded ? settled({ result: 'kept', reason: 'reminded_recently' }) : { kind: 'send' };
}

const settled = (verdict: OrderVerdict): OrderFinding => ({ kind: 'settled', verdict });
