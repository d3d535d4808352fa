import type { Random } from '../../src/sandbox/state/random.ts';
import { type Role, relation, type Seed, type SeedGroup } from '../../src/sandbox/state/seed.ts';

/** A pair of the file and its outcome without faults. */
export interface ExpectedPair {
  groupId: number;
  userId: number;
  /** `outcome/reason` */
  expected: string;
}

/** A portal, a file for it, and the expected results. */
export interface Scenario {
  seed: Seed;
  csv: string;
  rows: number;
  pairs: readonly ExpectedPair[];
}

const CALLER = 1;
const GROUPS = 24;
const MISSING_GROUP = 900;

/** @param size number of rows in the file */
export function makeScenario(random: Random, size: number): Scenario {
  const pick = (below: number) => Math.floor(random() * below);
  const userCount = Math.ceil(size / 12);
  const users = Array.from({ length: userCount }, (_, index) => ({
    id: index + 1,
    name: `Person ${index + 1}`,
    email: `person${index + 1}@example.org`,
    active: random() > 0.05,
    kind: 'employee' as const,
    invitable: index === 0 || random() > 0.03,
  }));
  const groups = Array.from(
    { length: GROUPS },
    (_, index): SeedGroup => ({
      id: index + 1,
      name: `Group ${index + 1}`,
      visible: index !== 3,
      callerMayInvite: index !== 5,
      relations: new Map([
        [CALLER, relation('A')],
        ...users
          .slice(1)
          .filter(() => random() < 0.1)
          .map(({ id }) => {
            const role = (['K', 'K', 'E', 'Z', 'Z', 'T'] satisfies Role[])[pick(6)] ?? 'K';
            return [id, relation(role, random() < 0.5 ? 'G' : 'U')] as const;
          }),
      ]),
    }),
  );
  const seed = { callerId: CALLER, users, groups };
  const pairs = new Map<string, ExpectedPair>();
  const lines = ['group_id,user_id,message'];
  for (let row = 0; row < size; row++) {
    const groupId = random() < 0.02 ? MISSING_GROUP : pick(GROUPS) + 1;
    const userId = random() < 0.04 ? 100_000 + pick(50) : pick(userCount) + 1;
    const message = groupId % 7 === 0 ? `Welcome to group ${groupId}` : '';
    lines.push(`${groupId},${userId},${message}`);
    const expected = expectedOutcome(seed, groupId, userId);
    pairs.set(`${groupId}/${userId}`, { groupId, userId, expected });
  }
  return { seed, csv: `${lines.join('\n')}\n`, rows: size, pairs: [...pairs.values()] };
}

function expectedOutcome(seed: Seed, groupId: number, userId: number): string {
  const group = seed.groups.find(({ id }) => id === groupId);
  if (group === undefined || !group.visible) return 'failed/group_not_found';
  if (userId === seed.callerId) return 'skipped/caller';
  const role = group.relations.get(userId)?.role;
  if (role === 'A' || role === 'E' || role === 'K') return 'skipped/already_member';
  if (role === 'Z') return 'skipped/already_invited';
  if (role === 'T' && group.callerMayInvite) return 'failed/banned';
  const user = seed.users.find(({ id }) => id === userId);
  if (user === undefined) return 'failed/user_not_found';
  if (!group.callerMayInvite) return 'failed/not_allowed';
  return user.invitable ? 'invited/returned' : 'failed/declined';
}
