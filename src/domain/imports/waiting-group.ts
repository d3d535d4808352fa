import type { GroupId } from '../pairs/ids.ts';

/** The step that is retried for a group: reading what became of its pairs, or inviting into it. */
export const GROUP_STEPS = ['read', 'invite'] as const;

export type GroupStep = (typeof GROUP_STEPS)[number];

/** A group for which the portal answers with an error, so that its pairs wait. */
export interface WaitingGroup {
  id: GroupId;
  step: GroupStep;
  /** Error code and text of the portal. */
  code: string;
  description: string;
  since: Date;
  nextTryAt: Date;
  /** Number of failures in a row. */
  tries: number;
}

/** All waiting groups of an import, with details of the first ones. */
export interface WaitingGroups {
  count: number;
  /** Number of pending pairs in these groups. */
  pairs: number;
  /** When the next of them is tried again. */
  nextTryAt: Date;
  first: readonly WaitingGroup[];
}
