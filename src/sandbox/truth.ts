import type { Counters } from './state/counters.ts';
import type {
  Notification,
  PersonalNotification,
  Portal,
  Withdrawal,
} from './state/sandbox-portal.ts';
import type { Role } from './state/seed.ts';

/** What really happened on the portal, for tests to compare a client's results with. */
export interface Truth extends Counters {
  /** Requests that wait at the gate now, also those of disconnected clients. */
  atGate: number;
  /** Server seconds within the window, by method. */
  operating: Record<string, number>;
  /** All notifications together, repeated ones included. */
  invitationsSent: number;
  /** How often the webhook's invitations notified each person of each group. */
  notifications: ({ groupId: number; userId: number } & Notification)[];
  /** Sent with `im.notify.personal.add`. */
  personalNotifications: readonly PersonalNotification[];
  /** The relations that the webhook has removed, as they were then. */
  withdrawals: readonly Withdrawal[];
  relations: { groupId: number; userId: number; role: Role; initiatedBy: 'G' | 'U' | null }[];
}

/** @returns the current truth. */
export function truthOf(portal: Portal): Truth {
  const notifications = [...portal.notifications].flatMap(([groupId, byUser]) =>
    [...byUser].map(([userId, notification]) => ({ groupId, userId, ...notification })),
  );
  const relations = [...portal.groups.values()].flatMap((group) =>
    [...group.relations].map(([userId, { role, initiatedBy }]) => ({
      ...{ groupId: group.id, userId, role, initiatedBy },
    })),
  );
  return {
    ...portal.counters,
    atGate: portal.gate.waiting,
    operating: portal.operating.all(portal.now()),
    invitationsSent: notifications.reduce((sum, { count }) => sum + count, 0),
    notifications,
    personalNotifications: portal.personalNotifications,
    withdrawals: portal.withdrawals,
    relations,
  };
}
