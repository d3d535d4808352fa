import type { GroupId, UserId } from '../pairs/ids.ts';
import type { Forecast } from '../time/forecast.ts';

/** Result of checking an import on the portal before its start. */
export interface ImportCheck {
  checkedAt: Date;
  /** Scopes that the webhook lacks; the check lacks what they would show. */
  notShown: readonly string[];
  /** Number of distinct people in the file. */
  people: number;
  /** Invitations that would be sent, as far as is known, and the people who would get them. */
  invitations: { pairs: number; people: number };
  forecast: Forecast;
}

/** A group of the file, as the portal shows it; null: unknown. */
export interface GroupCheck {
  id: GroupId;
  name: string | null;
  /**
   * Whether the caller sees the group; a group that the caller does not see may not exist. Null: the group
   * could not be read, and nothing is known about its people.
   */
  visible: boolean | null;
  mayInvite: boolean | null;
  /** People in the group now. */
  size: number | null;
  /** Pairs of the file. */
  pairs: number;
  /** People of the file who are members, and who are invited or ask to join. */
  members: number | null;
  pending: number | null;
  /** Invitations that would be sent, as far as is known. */
  toInvite: number;
  /** Pairs that will fail, as far as is known. */
  failing: number;
}

/** The counts of a group that add up. */
export const GROUP_SUMS = ['pairs', 'members', 'pending', 'toInvite', 'failing'] as const;

/** All groups of a file together; members and pending people as far as they are known. */
export interface GroupSummary extends Record<(typeof GROUP_SUMS)[number], number> {
  count: number;
  invisible: number;
  /** Groups that the caller sees but may not invite into. */
  notAllowed: number;
  /** Groups that could not be read, and their pairs; what becomes of these is unknown. */
  unread: number;
  unreadPairs: number;
}

/**
 * `missing`: the portal does not list the person, so the person does not exist, or is a bot or an e-mail user.
 * `dismissed`: the person is invited all the same.
 */
export const PERSON_STATES = ['missing', 'dismissed'] as const;

export type PersonState = (typeof PERSON_STATES)[number];

/** A person that the check reports. */
export interface PersonCheck {
  id: UserId;
  name: string | null;
}
