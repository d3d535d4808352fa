import { phpInt, phpString, upperKeys } from '../rest/php-array.ts';
import { RestError } from '../rest/rest-error.ts';
import type { Call, Outcome } from './method.ts';

/**
 * `im.notify.personal.add` ("Send personal notification"): a notification of the webhook's user to
 * any person.
 * @returns the id of the notification, or false when there is no such person
 */
export async function notifyPerson({ portal, work, fields }: Call): Promise<Outcome> {
  const given = upperKeys(fields);
  const userId = phpInt(given.get('USER_ID'));
  if (userId <= 0) throw new RestError(400, 'USER_ID_EMPTY', "User ID can't be empty");
  const message = phpString(given.get('MESSAGE')).trim();
  if (message === '') throw new RestError(400, 'MESSAGE_EMPTY', "Message can't be empty");
  if (!portal.users.has(userId)) return { result: false };
  await work.spend(portal.limits.inviteSeconds);
  const id = portal.personalNotifications.push({ userId, message });
  portal.changes.emit('change');
  return { result: id };
}
