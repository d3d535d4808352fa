import type { GroupId, UserId } from '../pairs/ids.ts';
import type { Relation } from '../pairs/obstacle.ts';
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
  /** Number of invitation texts that the portal may change; 0 in the cloud, which changes none. */
  filteredTexts: number;
}

/** A group of the file, as the portal shows it; null: unknown. */
export interface GroupCheck {
  id: GroupId;
  name: string | null;
  /** Whether the caller sees the group; null: it could not be read, and its people are unknown. */
  visible: boolean | null;
  mayInvite: boolean | null;
  /** An invitation into a collab leaves the person pending, while its own page adds employees at once. */
  collab: boolean;
  archived: boolean;
  /** People in the group now. */
  size: number | null;
  /** Pairs of the file. */
  pairs: number;
  /** People of the file who are members, and who are invited or ask to join. */
  members: number | null;
  pending: number | null;
  /** Invitations that would be sent, as far as is known. */
  toInvite: number;
  /** Pairs that will fail, as far as is known; `banned` of them because of a ban. */
  failing: number;
  banned: number;
  /** Pairs with people that the webhook cannot see: they are invited all the same if there are such people. */
  unseen: number;
}

/** The counts of a group that add up. */
export const GROUP_SUMS = ['pairs', 'members', 'pending', 'toInvite', 'failing', 'unseen'] as const;

/** All groups of a file together; members and pending people as far as they are known. */
export interface GroupSummary extends Record<(typeof GROUP_SUMS)[number], number> {
  count: number;
  invisible: number;
  /** Groups that the caller sees but may not invite into. */
  notAllowed: number;
  /** Groups that could not be read, and their pairs; what becomes of these is unknown. */
  unread: number;
  unreadPairs: number;
  /** Collabs and archived groups with invitations to send. */
  collabs: number;
  archived: number;
}

/**
 * `missing`: the webhook cannot see the person: there is none, or it is a bot, an e-mail user, or an
 * extranet user while the webhook's user is no administrator.
 * `dismissed`: the person gets an invitation all the same.
 * `unnotified`: an extranet user who never logged in gets an invitation, but no notification.
 * Both are noted only of people who may get an invitation.
 */
export const PERSON_STATES = ['missing', 'dismissed', 'unnotified'] as const;

export type PersonState = (typeof PERSON_STATES)[number];

/**
 * What a check found of pairs: the state of their people, `closed`: nobody can be invited into their group,
 * `present`: the person is a member or invited already, or `failing`: the invitation will fail.
 */
export const PAIR_FINDINGS = [...PERSON_STATES, 'closed', 'present', 'failing'] as const;
export type PairFinding = (typeof PAIR_FINDINGS)[number];

/** A person that the check reports. */
export interface PersonCheck {
  id: UserId;
  name: string | null;
}

/** Why a pair needs no invitation, or gets none: the user's relation to the group, or it is the caller. */
export type EarlierRelation = Relation | 'caller';
