import type { GroupId, UserId } from '../pairs/ids.ts';
import type { Forecast } from '../time/forecast.ts';

/** What the portal says about an import before its start. */
export interface ImportCheck {
  checkedAt: Date;
  /** Scopes that the webhook lacks: what they would tell is not told. */
  notShown: readonly string[];
  /** Different people of the file. */
  people: number;
  /** Invitations that would go out, as far as can be told, and the people who would get them. */
  invitations: { pairs: number; people: number };
  forecast: Forecast;
}

/** A group of the file, as the portal shows it; null is what could not be told. */
export interface GroupCheck {
  id: GroupId;
  name: string | null;
  /**
   * Whether the caller sees the group; one that is not seen may as well not exist. Null: it could not be
   * read, and nothing of its people is told.
   */
  visible: boolean | null;
  mayInvite: boolean | null;
  /** People in the group now. */
  size: number | null;
  /** Of the file. */
  pairs: number;
  /** Those of the file's people who are members, and who are invited or ask to join. */
  members: number | null;
  pending: number | null;
  /** Invitations that would go out, as far as can be told. */
  toInvite: number;
  /** Pairs that will fail, as far as can be told. */
  failing: number;
}

/** The counts of a group that add up. */
export const GROUP_SUMS = ['pairs', 'members', 'pending', 'toInvite', 'failing'] as const;

/** All of a file's groups together; members and pending people as far as they could be told. */
export interface GroupSummary extends Record<(typeof GROUP_SUMS)[number], number> {
  count: number;
  invisible: number;
  /** Groups that the caller sees but may not invite into. */
  notAllowed: number;
  /** Groups that could not be read, and the pairs in them: what becomes of these is not told. */
  unread: number;
  unreadPairs: number;
}

/**
 * `missing`: the portal does not list the person, who does not exist then, or is a bot or an e-mail
 * user. `dismissed`: is invited all the same.
 */
export const PERSON_STATES = ['missing', 'dismissed'] as const;

export type PersonState = (typeof PERSON_STATES)[number];

/** A person worth telling. */
export interface PersonCheck {
  id: UserId;
  name: string | null;
}
