import type { UserId } from '../domain/ids.ts';
import type { Call } from './batch.ts';
import { isRecord } from './json.ts';

/** `user.get` answers with at most so many people at a time. */
export const USERS_PER_PAGE = 50;

/**
 * Asks which of the people exist (`user.get`). Needs the scope `user`, `user_basic` or
 * `user_brief`.
 *
 * @param userIds at most {@link USERS_PER_PAGE}
 */
export function usersCall(userIds: readonly UserId[]): Call {
  return { method: 'user.get', parameters: { FILTER: { ID: userIds } } };
}

/** @returns the ids of those who exist, or undefined when the answer is something else */
export function readUsers(result: unknown): ReadonlySet<number> | undefined {
  if (!isRecord(result)) return undefined;
  const ids = Object.values(result).map((user) => (isRecord(user) ? Number(user.ID) : Number.NaN));
  return ids.every(Number.isInteger) ? new Set(ids) : undefined;
}
