import type { GroupId } from '../pairs/ids.ts';

/** What is tried again with a group: reading what became of its pairs, or inviting into it. */
export const GROUP_STEPS = ['read', 'invite'] as const;

export type GroupStep = (typeof GROUP_STEPS)[number];

/** A group about which the portal answers with an error, so that its pairs wait. */
export interface WaitingGroup {
  id: GroupId;
  step: GroupStep;
  /** The portal's words. */
  code: string;
  description: string;
  since: Date;
  nextTryAt: Date;
  /** How often it failed in a row. */
  tries: number;
}

/** All groups of an import that wait, the first of them by name. */
export interface WaitingGroups {
  count: number;
  /** How many of the import's pairs are in them and have no outcome yet. */
  pairs: number;
  /** When the next of them is tried again. */
  nextTryAt: Date;
  first: readonly WaitingGroup[];
}
