import type { Directory, Lookup } from '../../src/domain/pairs/directory.ts';
import { groupId, userId } from '../../src/domain/pairs/ids.ts';

const idIn = (pattern: RegExp, text: string): number => Number(pattern.exec(text)?.[1] ?? 0);

function lookup<Id>(names: readonly string[], toId: (name: string) => Id | undefined) {
  return new Map(
    names.map((name): [string, Lookup<Id>] => {
      const id = toId(name);
      return [name, id === undefined ? { kind: 'unknown' } : { kind: 'found', id }];
    }),
  );
}

/** A portal where group 21 is called “Group 21”, and user 10 has the address user10@example.test. */
export const directory: Directory = {
  groupsByName: async (names) =>
    lookup(names, (name) => groupId(idIn(/^Group (2[1-9]|3[01])$/, name))),
  usersByEmail: async (emails) =>
    lookup(emails, (email) => userId(idIn(/^user(\d+)@example\.test$/i, email))),
};
