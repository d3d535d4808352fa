import type { Directory, Lookup } from '../../domain/pairs/directory.ts';
import { emailKey } from '../../domain/pairs/email-key.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { PortalClient } from '../http/client.ts';
import { CachedLookups } from './cached-lookups.ts';
import { findGroups, groupNameKey } from './find-groups.ts';
import { checkEmails, findUsers } from './find-users.ts';
import { GroupNames } from './group-names.ts';
import type { ReadOptions } from './read-all.ts';

export interface DirectoryOptions extends ReadOptions {
  /** Most people, and most groups, in the cache. @default 200_000 */
  cached?: number | undefined;
}

const CACHED = 200_000;

/**
 * Opens a directory that reads the portal and caches what it finds: open one for each import, so
 * that the next import sees what has changed on the portal.
 *
 * It finds only the groups that the caller can see, archived ones included.
 */
export function openDirectory(client: PortalClient, options: DirectoryOptions = {}): Directory {
  const { cached = CACHED, ...reading } = options;
  let checked: Promise<void> | undefined;
  const users = new CachedLookups<Lookup<UserId>>(cached, async (emails) => {
    checked ??= checkEmails(client, reading);
    await checked.catch((error) => {
      checked = undefined;
      throw error;
    });
    return findUsers(client, emails, reading);
  });
  const allNames = new GroupNames(client, reading);
  const groups = new CachedLookups<Lookup<GroupId>>(cached, (names) =>
    findGroups(client, names, reading, allNames),
  );
  return {
    usersByEmail: (emails) => users.find(new Map(emails.map((email) => [email, emailKey(email)]))),
    groupsByName: (names) => groups.find(new Map(names.map((name) => [name, groupNameKey(name)]))),
  };
}
