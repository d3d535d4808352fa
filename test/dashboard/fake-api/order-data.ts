import type { Order } from '../../../src/server/schemas/orders/order-schema.ts';

/** @returns a preview of an undo of 41 invitations, which is complete */
export const anOrder = (parts: Partial<Order> = {}): Order => ({
  ...{ id: 1, kind: 'withdraw', state: 'ready', who: 'admin', message: null },
  ...{ read: 50, pairs: 50, toDo: 41, problem: null },
  results: [
    { result: 'kept', reason: 'joined', count: 6, meaning: 'they have joined since' },
    { result: 'kept', reason: 'not_ours', count: 2, meaning: 'invited by someone else' },
    { result: 'refused', reason: 'group_unseen', count: 1, meaning: 'the group is not visible' },
  ],
  means: { method: 'cancel', isAllowed: true, showsOrigin: true },
  createdAt: '2026-11-24T12:00:00.000Z',
  ...{ startedAt: null, endedAt: null },
  ...parts,
});
