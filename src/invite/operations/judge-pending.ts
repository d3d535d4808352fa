import type { OrderVerdict } from '../../domain/imports/order.ts';
import type { GroupView } from '../lookup/group-relations.ts';
import type { OrderFinding } from './ordered-operation.ts';

/** @returns that a pair of an order has its result */
export const settled = (verdict: OrderVerdict): OrderFinding => ({ kind: 'settled', verdict });

/** @returns what to do with a person whose invitation is not, or not visibly, pending; undefined when it is pending */
export function judgePending(group: GroupView, userId: number): OrderFinding | undefined {
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
  if (pending.has(userId)) return undefined;
  return showsPending
    ? settled({ result: 'kept', reason: 'gone' })
    : settled({ result: 'refused', reason: 'not_read' });
}
