import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { ONBOARDING_FILE, onboardingCsv } from '../../scripts/make-onboarding.ts';
import { inSlices } from '../../src/domain/slices.ts';
import { defaultSeed, type Seed } from '../../src/sandbox/state/seed.ts';
import { openPortal } from './raw-client.ts';

interface Row {
  group_id: string;
  user_id: string;
  message: string;
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && 'group_id' in value && 'user_id' in value;
const rows = parse(readFileSync(ONBOARDING_FILE, 'utf8'), { columns: true }).filter(isRow);
const isId = (text: string): boolean => /^[1-9]\d*$/.test(text);
const keyOf = (row: Row): string => `${row.group_id}:${row.user_id}`;

/** The documented outcome of a pair, from the seed alone. */
function reasonOf(seed: Seed, groupId: number, userId: number): string {
  const group = seed.groups.find((candidate) => candidate.id === groupId);
  const user = seed.users.find((candidate) => candidate.id === userId);
  if (group === undefined || !group.visible) return 'group_not_found';
  if (userId === seed.callerId) return 'caller';
  if (user === undefined) return 'user_not_found';
  const role = group.relations.get(userId)?.role;
  if (role === 'Z') return 'already_invited';
  if (role !== undefined) return role === 'T' ? 'banned' : 'already_member';
  if (!group.callerMayInvite) return 'not_allowed';
  return user.invitable ? 'invited' : 'declined';
}

function rejectOf(row: Row): string | undefined {
  if (row.group_id === '') return 'missing_group';
  if (!isId(row.group_id)) return 'bad_group_id';
  if (row.user_id === '') return 'missing_user';
  return isId(row.user_id) ? undefined : 'bad_user_id';
}

function outcomes(): Record<string, number> {
  const seed = defaultSeed();
  const seen = new Set<string>();
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const isDuplicate = seen.has(keyOf(row));
    const reason = rejectOf(row) ?? (isDuplicate ? 'duplicate' : undefined);
    const found = reason ?? reasonOf(seed, Number(row.group_id), Number(row.user_id));
    counts[found] = (counts[found] ?? 0) + 1;
    if (rejectOf(row) === undefined) seen.add(keyOf(row));
  }
  return counts;
}

test('the file equals the output of its generator', () => {
  expect(readFileSync(ONBOARDING_FILE, 'utf8')).toBe(onboardingCsv());
});

test('the file has rows for every outcome', () => {
  expect(rows).toHaveLength(380);
  expect(outcomes()).toEqual({
    invited: 328,
    already_member: 11,
    already_invited: 6,
    caller: 2,
    user_not_found: 5,
    group_not_found: 6,
    not_allowed: 4,
    banned: 2,
    declined: 2,
    duplicate: 6,
    missing_group: 2,
    bad_group_id: 2,
    missing_user: 2,
    bad_user_id: 2,
  });
  expect(rows.some((row) => row.message.includes('\n'))).toBe(true);
  expect(rows.some((row) => row.message.includes('"') && row.message.includes(','))).toBe(true);
  expect(rows.some((row) => /[а-я]/.test(row.message))).toBe(true);
});

test('the sandbox invites exactly the pairs that should be invited', async () => {
  const { batch, truth } = await openPortal();
  const seed = defaultSeed();
  const pairs = rows.filter((row) => rejectOf(row) === undefined);
  const expected = new Set(
    pairs
      .filter((row) => reasonOf(seed, Number(row.group_id), Number(row.user_id)) === 'invited')
      .map(keyOf),
  );
  for (const some of inSlices(pairs, 50)) {
    await batch(
      some.map((row) => {
        const named = { GROUP_ID: row.group_id, USER_ID: row.user_id, MESSAGE: row.message };
        return `sonet_group.user.invite?${new URLSearchParams(named)}`;
      }),
    );
  }
  const { notifications } = await truth();
  expect(notifications.filter(({ count }) => count > 1)).toEqual([]);
  expect(new Set(notifications.map(({ groupId, userId }) => `${groupId}:${userId}`))).toEqual(
    expected,
  );
});
