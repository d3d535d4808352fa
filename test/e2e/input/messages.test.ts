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
const THEIRS = `Dear ${ODD}`;

/** Person 3 has a message of their own, as odd as any. */
const CSV = `group_id,user_id,message\n1,2,\n1,3,"${THEIRS.replaceAll('"', '""')}"\n2,4,\n`;

/** Who got which message, `group/user: message`. */
async function messages(harness: ProgramHarness): Promise<string[]> {
  const { notifications } = await harness.truth();
  return notifications
    .map(({ groupId, userId, message }) => `${groupId}/${userId}: ${message}`)
    .toSorted();
}

test('each row’s message goes before --message, and that before MESSAGE, all of them unchanged', async () => {
  await using harness = await openHarness(SEED, { MESSAGE: 'from the environment' });
  const { code } = await harness.program.call('run', harness.file('a.csv', CSV), '--message', ODD);
  expect(code).toBe(0);
  expect(await messages(harness)).toEqual([`1/2: ${ODD}`, `1/3: ${THEIRS}`, `2/4: ${ODD}`]);
});

test('without --message it is MESSAGE, and the same file with another message is another import', async () => {
  await using harness = await openHarness(SEED, { MESSAGE: ODD });
  const file = harness.file('a.csv', CSV);
  await harness.program.call('run', file);
  const expected = [`1/2: ${ODD}`, `1/3: ${THEIRS}`, `2/4: ${ODD}`];
  expect(await messages(harness)).toEqual(expected);
  const { stdout } = await harness.program.call('run', file, '--message', 'two');
  expect(stdout).toContain('Import 2 ·');
  expect(stdout).toContain('already_invited 3');
  expect(await messages(harness)).toEqual(expected);
});

test('when there is none at all the portal says its own', async () => {
  await using harness = await openHarness(SEED);
  await harness.program.call('run', harness.file('a.csv', 'group_id,user_id\n1,2\n'));
  expect(await messages(harness)).toEqual(['1/2: ']);
});
