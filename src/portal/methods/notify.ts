import type { UserId } from '../../domain/pairs/ids.ts';
import type { Call } from '../http/batch.ts';

/** Notifies one person, in the name of the webhook's user ("Send personal notification"). Needs {@link NOTIFY_SCOPE}. */
export const NOTIFY = 'im.notify.personal.add';
export const NOTIFY_SCOPE = 'im';

export const notifyCall = (userId: UserId, message: string): Call => ({
  method: NOTIFY,
  parameters: { USER_ID: userId, MESSAGE: message },
});

/** @returns whether the person was notified: an id, or false for no such person; undefined for something else */
export function readNotified(result: unknown): boolean | undefined {
  if (result === false) return false;
  const isId = typeof result === 'number' || (typeof result === 'string' && /^\d+$/.test(result));
  return result === true || (isId && Number(result) > 0) ? true : undefined;
}
