import type { OrderMeans } from '../../../domain/imports/order.ts';
import type { InvitedPair } from '../../../ledger/orders/order-pairs.ts';
import { CANCEL_INVITE, USER_TO_GROUP_LIST } from '../../../portal/methods/user-to-group.ts';
import type { PortalProfile } from '../../../portal/profile/portal-profile.ts';
import type { GroupView } from '../../lookup/group-relations.ts';
import { judgePending, settled } from '../judge-pending.ts';
import type { OrderedOperation, OrderFinding, OrderView } from '../ordered-operation.ts';
import { CANCELLING, DELETING } from './withdraw-operations.ts';

/**
 * Withdraws invitations that an import has made and that are still pending. Nothing else is ever touched: people who
 * have joined, were invited by someone else, or ask to join, are kept.
 */
export const WITHDRAWAL: OrderedOperation = {
  kind: 'withdraw',
  action: 'undo',
  needsOrigin: true,
  notifies: false,
  freshMs: 10_000,
  meansOf,
  with: ({ method }) => (method === 'cancel' ? CANCELLING : DELETING),
  judge,
  conclude,
};

function meansOf({ methods, isAdmin }: PortalProfile): OrderMeans {
  const showsOrigin = methods[USER_TO_GROUP_LIST] === true;
  // The user who made an invitation may withdraw it.
  if (methods[CANCEL_INVITE] === true) return { method: 'cancel', isAllowed: true, showsOrigin };
  return { method: 'delete', isAllowed: isAdmin === true, showsOrigin };
}

function judge(
  { userId, isReturned }: Pick<InvitedPair, 'userId' | 'isReturned'>,
  { group, origin }: OrderView,
  { isAllowed }: OrderMeans,
): OrderFinding {
  const other = judgePending(group, userId);
  if (other !== undefined) return other;
  if (origin?.kind === 'failed') return { kind: 'wait', failure: origin.failure };
  if (origin?.kind === 'other') return settled({ result: 'kept', reason: 'not_ours' });
  // The portal's answer has named the person; a reading without a date has not.
  if (origin?.kind !== 'ours' && !isReturned) {
    return settled({ result: 'kept', reason: 'not_proved' });
  }
  return isAllowed ? { kind: 'send' } : settled({ result: 'refused', reason: 'no_right' });
}

/** The invitation was pending before the request: if it is no longer, and the person no member, it was withdrawn. */
function conclude(group: GroupView, userId: number): OrderFinding {
  switch (group.kind) {
    case 'read': {
      const { members, pending, showsPending } = group.group;
      if (members.has(userId)) return settled({ result: 'kept', reason: 'joined' });
      // Withdrawing it twice does no harm; who has made it is read again first.
      if (pending.has(userId)) return { kind: 'send' };
      return showsPending ? settled({ result: 'done', reason: 'confirmed' }) : NO_ANSWER;
    }
    case 'not_found':
    case 'no_scope':
      return NO_ANSWER;
    case 'failed':
      return { kind: 'wait', failure: group.failure };
    default:
      return group satisfies never;
  }
}

const NO_ANSWER = settled({ result: 'unknown', reason: 'no_answer' });
