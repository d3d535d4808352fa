import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openHarness, type ProgramHarness } from '../../support/program-harness.ts';

const SEED = { seed: plainSeed({ users: 4, groups: 2 }) };

const ODD = [
  'Hello "Anna", it’s 100 % \'free\' & #1: a+b=c; <b>bold</b> \\ `x` ?y=1',
  '',
  'Добро пожаловать 🎉 👩‍👩‍👧 العربية',
  '$result[c0][0] and $result[x] stay as they are\t.',
].join('\n');
const OWN = `Dear ${ODD}`;

/** User 3 has an own message with special characters. */
const CSV = `group_id,user_id,message\n1,2,\n1,3,"${OWN.replaceAll('"', '""')}"\n2,4,\n`;

/** @returns the messages of all notifications, as `group/user: message` */
async function messages(harness: ProgramHarness): Promise<string[]> {
  const { notifications } = await harness.truth();
  return notifications
    .map(({ groupId, userId, message }) => `${groupId}/${userId}: ${message}`)
    .toSorted();
}

test('the message of a row precedes --message, which precedes MESSAGE, and all are sent unchanged', async () => {
  await using harness = await openHarness(SEED, { MESSAGE: 'from the environment' });
  const { code } = await harness.program.call('run', harness.file('a.csv', CSV), '--message', ODD);
  expect(code).toBe(0);
  expect(await messages(harness)).toEqual([`1/2: ${ODD}`, `1/3: ${OWN}`, `2/4: ${ODD}`]);
});

test('MESSAGE is used without --message, and the same file with another message is another import', async () => {
  await using harness = await openHarness(SEED, { MESSAGE: ODD });
  const file = harness.file('a.csv', CSV);
  await harness.program.call('run', file);
  const expected = [`1/2: ${ODD}`, `1/3: ${OWN}`, `2/4: ${ODD}`];
  expect(await messages(harness)).toEqual(expected);
  const { stdout } = await harness.program.call('run', file, '--message', 'two');
  expect(stdout).toContain('Import 2 ·');
  expect(stdout).toContain('already_invited 3');
  expect(await messages(harness)).toEqual(expected);
});

test('without any message the portal uses its default', async () => {
  await using harness = await openHarness(SEED);
  await harness.program.call('run', harness.file('a.csv', 'group_id,user_id\n1,2\n'));
  expect(await messages(harness)).toEqual(['1/2: ']);
});
