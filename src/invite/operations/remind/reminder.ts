import type { InvitedPair } from '../../../ledger/orders/order-pairs.ts';
import { problem } from '../../../messages/problems.ts';
import { NOTIFY_SCOPE } from '../../../portal/methods/notify.ts';
import { judgePending, settled } from '../judge-pending.ts';
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
  const other = judgePending(group, userId);
  if (other !== undefined) return other;
  return isReminded ? settled({ result: 'kept', reason: 'reminded_recently' }) : { kind: 'send' };
}
