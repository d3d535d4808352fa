import type { GroupId, UserId } from './ids.ts';

/** One person to be invited into one group, as it waits for its turn. */
export interface Pair {
  /** Place in the source, from 1: the pair's name within its import. */
  seq: number;
  groupId: GroupId;
  userId: UserId;
  /** Invitation text; null sends none. */
  message: string | null;
  /** Requests that held the pair so far and were executed, or may have been. */
  attempts: number;
}
