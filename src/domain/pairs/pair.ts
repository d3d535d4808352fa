import type { GroupId, UserId } from './ids.ts';

/** One person to be invited into one group, still pending. */
export interface Pair {
  /** Position in the source, from 1: identifies the pair within its import. */
  seq: number;
  groupId: GroupId;
  userId: UserId;
  /** Invitation text; null sends none. */
  message: string | null;
  /** Requests with the pair so far that were executed, or may have been. */
  attempts: number;
}
