/**
 * Creates fixtures/onboarding.csv, the sample for the sandbox's default portal: newcomers for fourteen
 * groups, and some rows for each possible error.
 *
 * node scripts/make-onboarding.ts
 */
import { writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { defaultSeed, type Seed, type SeedGroup } from '../src/sandbox/state/seed.ts';

/** A record: group, user, message. */
type Row = readonly [group: number | string, user: number | string, message?: string];

/** Path of the file. */
export const ONBOARDING_FILE = new URL('../fixtures/onboarding.csv', import.meta.url);

const NEWCOMERS_PER_GROUP = 23;
const NO_SUCH_GROUP = 999;

/** Groups with their own message; the others use the default message. */
const MESSAGES: Readonly<Record<number, string>> = {
  7: 'Welcome to the relaunch, please read "How we work" first.',
  18: 'Добро пожаловать! Здесь расписание, чек-листы и ответы на вопросы.',
  21: 'Safety briefing: Monday, 9:00, dock 4.',
};

/** Users with a special property, by group. */
const SPECIALS: Readonly<Record<number, readonly number[]>> = {
  2: [4, 9],
  4: [13, 25, 26],
  7: [32, 9001],
  9: [36, 1],
  11: [59, 64, 41],
  12: [65, 61],
  15: [2, 88, 67],
  18: [76, 78, 1, 151],
  21: [83, 77],
  23: [95],
  28: [135],
  31: [47, 217],
  36: [73, 74, 9002],
  40: [116, 9003],
};

/** Special rows, by the group that they follow. */
const ODDITIES: Readonly<Record<number, readonly Row[]>> = {
  2: [[2, '']],
  4: [['', 45]],
  7: [['TBD', 52]],
  9: [
    [2, 4],
    [9, 36],
  ],
  11: [[11, 'n/a']],
  15: [
    [15, -12],
    [0, 61],
  ],
  18: [
    [7, 9001, 'Welcome to the relaunch, please read "How we work" first.'],
    [18, 76, 'Second try.'],
  ],
  23: [['', 46, 'Welcome!']],
  26: [
    [26, 140],
    [26, 141],
    [26, 142],
  ],
  31: [
    [31, 250, 'Hi!\nWe play at 18:30, gym 2.\nBring indoor shoes.'],
    [31, 252, 'Hi!\nWe play at 18:30, gym 2.\nBring indoor shoes.'],
  ],
  33: [
    [33, 144],
    [33, 145],
    [33, 146],
    [33, 147],
  ],
  36: [
    [36, ''],
    [31, 250],
    [NO_SUCH_GROUP, 148],
    [NO_SUCH_GROUP, 149],
    [NO_SUCH_GROUP, 150],
  ],
  40: [[33, 144]],
};

/** @returns the text of the file; deterministic */
export function onboardingCsv(): string {
  const seed = defaultSeed();
  const rows = seed.groups.flatMap((group, index) => [
    ...invitations(seed, group, index),
    ...(ODDITIES[group.id] ?? []),
  ]);
  const records = rows.map(([group, user, message = '']) => [group, user, message]);
  return stringify([['group_id', 'user_id', 'message'], ...records]);
}

function invitations(seed: Seed, group: SeedGroup, index: number): Row[] {
  if (!group.visible || !group.callerMayInvite) return [];
  const message = MESSAGES[group.id] ?? '';
  const specials = SPECIALS[group.id] ?? [];
  const users = [...newcomers(seed, group, index), ...specials];
  return users.toSorted((left, right) => left - right).map((user) => [group.id, user, message]);
}

/** @returns users without special properties, different ones for each group */
function newcomers(seed: Seed, group: SeedGroup, index: number): number[] {
  const free = seed.users.filter(
    (user) =>
      user.kind === 'employee' &&
      user.active &&
      user.invitable &&
      user.id > 150 &&
      user.id < 250 &&
      !group.relations.has(user.id),
  );
  return Array.from(
    { length: NEWCOMERS_PER_GROUP },
    (_, step) => free[(index * 17 + step * 3) % free.length],
  ).flatMap((user) => user?.id ?? []);
}

if (import.meta.main) writeFileSync(ONBOARDING_FILE, onboardingCsv());
