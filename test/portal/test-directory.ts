import type { Redis } from 'ioredis';
import type { Problem } from '../../src/domain/errors/problem.ts';
import type { Directory } from '../../src/domain/pairs/directory.ts';
import { type DirectoryOptions, openDirectory } from '../../src/portal/directory/open-directory.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import {
  plainSeed,
  relation,
  type SeedGroup,
  type SeedUser,
} from '../../src/sandbox/state/seed.ts';
import { openPortal, type Portal } from '../sandbox/raw-client.ts';
import { openBudget, openClient } from './open-client.ts';

export interface OpenDirectory {
  directory: Directory;
  portal: Portal;
}

/**
 * Opens the directory of a sandbox with these people besides the caller, and these groups. It
 * hardly pauses by default.
 */
export async function openDirectoryOf(
  redis: Redis,
  people: readonly Partial<SeedUser>[],
  groups: readonly Partial<SeedGroup>[],
  sandbox: Partial<SandboxOptions> = {},
  options: DirectoryOptions & { timeoutMs?: number } = {},
): Promise<OpenDirectory> {
  const { timeoutMs = 90_000, ...rest } = options;
  const seed = plainSeed({ users: people.length, groups: groups.length });
  const users = seed.users.map((user, index) => ({ ...user, ...people[index - 1] }));
  const seeded = seed.groups.map((group, index) => ({
    ...group,
    relations: new Map([[1, relation('A')]]),
    ...groups[index],
  }));
  const portal = await openPortal({ seed: { ...seed, users, groups: seeded }, ...sandbox });
  const client = openClient(portal.sandbox.webhookUrl, openBudget(redis), { timeoutMs });
  return { directory: openDirectory(client, { pauseMs: () => 1, ...rest }), portal };
}

/** @returns the Problem that a promise is rejected with */
export async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  return promise.then(
    () => {
      throw new Error('there is no problem');
    },
    (error) => {
      if (error?.name !== 'Problem') throw error;
      return error;
    },
  );
}
