import type { Portal } from './sandbox-portal.ts';
import type { KeptGroup } from './sandbox-relations.ts';
import { type Relation, relation } from './seed.ts';

/** What people do by themselves while a program uses the portal. */
export const PERSON_ACTIONS = ['accept', 'decline', 'ask', 'join', 'leave', 'invite'] as const;

export interface PersonAction {
  readonly action: (typeof PERSON_ACTIONS)[number];
  readonly groupId: number;
  /** The person; for `invite` the one who is invited. */
  readonly userId: number;
  /** For `invite`: the user who invites. @default the group's owner */
  readonly byUserId?: number;
}

/** What the relation becomes; undefined where the person cannot do that. */
type Change = (current: Relation | undefined, action: PersonAction) => Relation | null | undefined;

const isInvited = (current: Relation | undefined): boolean =>
  current?.role === 'Z' && current.initiatedBy === 'G';

const CHANGES: Readonly<Record<PersonAction['action'], Change>> = {
  accept: (current) => (isInvited(current) ? relation('K') : undefined),
  decline: (current) => (isInvited(current) ? null : undefined),
  ask: (current) => (current === undefined ? relation('Z', 'U') : undefined),
  join: (current) => (current === undefined ? relation('K') : undefined),
  leave: (current) => (current?.role === 'K' || current?.role === 'E' ? null : undefined),
  invite: (current, { byUserId }) => {
    if (current !== undefined) return undefined;
    return { ...relation('Z', 'G'), ...(byUserId !== undefined && { initiatorId: byUserId }) };
  },
};

/**
 * Performs what a person does by hand in a group.
 * @returns false where it is impossible at this time, such as accepting a withdrawn invitation
 */
export function act(portal: Portal, group: KeptGroup, action: PersonAction): boolean {
  const change = CHANGES[action.action](group.relations.get(action.userId), action);
  if (change === undefined) return false;
  if (change === null) group.relations.delete(action.userId);
  else portal.relations.set(group, action.userId, change);
  portal.changes.emit('change');
  return true;
}
