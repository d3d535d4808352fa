import type { OrderKind, OrderReason } from '../../domain/imports/order.ts';

/** What an order does and did, in words. */
export interface OrderWords {
  /** Titles of the parts of a preview and a result. */
  willBe: string;
  done: string;
  kept: string;
  refused: string;
  unknown: string;
  /** Of a stopped order. */
  left: string;
  /** By reason. */
  reasons: Readonly<Record<OrderReason, string>>;
  /** What cannot be excluded. */
  risks: { delete: string; origin: string };
}

const REASONS: Readonly<Record<OrderReason, string>> = {
  answered: 'the portal has done it',
  confirmed: 'a request got no answer; the group shows that it was done',
  joined: 'they have joined since',
  gone: 'they have declined or left',
  not_ours: 'invited by someone else or at another time, or they ask to join',
  not_proved: 'it cannot be shown that this import has invited them',
  reminded_recently: 'they were reminded a short time ago',
  once: 'the same person in another group: reminded once',
  no_right: 'the webhook’s user may not do this: it takes an administrator',
  no_scope: 'the webhook lacks the scope for this',
  group_unseen: 'the webhook cannot see the group',
  not_read: 'the group could not be read',
  declined: 'the portal does not do it and gives no reason',
  portal_error: 'the portal failed repeatedly',
  no_answer: 'a request got no answer, and it is not repeated',
};

export const ORDER_WORDS_EN: Readonly<Record<OrderKind, OrderWords>> = {
  withdraw: {
    willBe: 'Will be withdrawn',
    done: 'Withdrawn',
    kept: 'Kept',
    refused: 'Cannot be withdrawn',
    unknown: 'Unknown',
    left: 'Not withdrawn, because it was stopped',
    reasons: REASONS,
    risks: {
      delete:
        'This portal has no method that withdraws only invitations. The groups are read again just before; a person who accepts at that moment is removed from the group.',
      origin:
        'This portal does not show who made an invitation. If a person declined and someone else has invited them again since, that invitation is withdrawn.',
    },
  },
  remind: {
    willBe: 'Will be reminded',
    done: 'Reminded',
    kept: 'Not reminded',
    refused: 'Cannot be reminded',
    unknown: 'Unknown',
    left: 'Not reminded, because it was stopped',
    reasons: REASONS,
    risks: { delete: '', origin: '' },
  },
};
