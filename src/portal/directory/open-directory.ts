import type { Directory, Lookup } from '../../domain/pairs/directory.ts';
import { emailKey } from '../../domain/pairs/email-key.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { PortalClient } from '../http/client.ts';
import { findGroups, groupNameKey } from './find-groups.ts';
import { checkEmails, findUsers } from './find-users.ts';
import type { ReadOptions } from './read-all.ts';
import { Remembered } from './remembered.ts';

export interface DirectoryOptions extends ReadOptions {
  /** How many people, and how many groups, are cached. @default 200_000 */
  remembered?: number | undefined;
}

const REMEMBERED = 200_000;

/**
 * Opens a directory that queries the portal and caches its answers: open one for each import, so
 * that the next import sees changes on the portal.
 *
 * It finds only the groups that the caller can see, archived ones included.
 */
export function openDirectory(client: PortalClient, options: DirectoryOptions = {}): Directory {
  const { remembered = REMEMBERED, ...reading } = options;
  let checked: Promise<void> | undefined;
  const users = new Remembered<Lookup<UserId>>(remembered, async (emails) => {
    checked ??= checkEmails(client, reading);
    await checked.catch((error) => {
      checked = undefined;
      throw error;
    });
    return findUsers(client, emails, reading);
  });
  const groups = new Remembered<Lookup<GroupId>>(remembered, (names) =>
    findGroups(client, names, reading),
  );
  return {
    usersByEmail: (emails) => users.find(new Map(emails.map((email) => [email, emailKey(email)]))),
    groupsByName: (names) => groups.find(new Map(names.map((name) => [name, groupNameKey(name)]))),
  };
}
