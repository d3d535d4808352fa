import { phpList, phpRecord } from '../rest/php-array.ts';
import { isoSeconds } from '../rest/time-block.ts';
import type { Portal } from '../state/sandbox-portal.ts';
import type { SeedUser } from '../state/seed.ts';
import type { Call, Outcome } from './method.ts';
import { namesOf, shownUser } from './user-methods.ts';

/** `profile` ("Get Basic Information About the Current User Profile"); needs no scope. */
export function account({ portal }: Call): Outcome {
  const user = caller(portal);
  const { first, last } = namesOf(user);
  const result = phpRecord({
    ID: String(user.id),
    ADMIN: portal.isAdmin,
    NAME: first,
    LAST_NAME: last,
    PERSONAL_GENDER: '',
    TIME_ZONE: '',
  });
  return { result };
}

/** `user.admin` ("Check Administrator Rights"); needs no scope. */
export const isAdmin = ({ portal }: Call): Outcome => ({ result: portal.isAdmin });

/** `server.time` ("Get Current Server Time"), in the portal's time zone; needs no scope. */
export const serverTime = ({ portal }: Call): Outcome => ({
  result: isoSeconds(portal.now()),
});

/** `user.current`: the webhook's own user, as the scopes show it. */
export function currentUser({ portal }: Call): Outcome {
  return { result: shownUser(caller(portal), portal) };
}

/** `app.info` ("Show App Information") as a webhook gets it; needs no scope. */
export function appInfo({ portal }: Call): Outcome {
  const result = phpRecord({ SCOPE: phpList(portal.scopes), LICENSE: portal.license });
  return { result };
}

/** `scope` ("Get a List of Available Permissions Scope"): what the webhook was granted. */
export function scope({ portal }: Call): Outcome {
  return { result: phpList(portal.scopes) };
}

function caller(portal: Portal): SeedUser {
  const user = portal.users.get(portal.callerId);
  if (user === undefined) throw new Error("The seed has no user with its caller's id.");
  return user;
}
