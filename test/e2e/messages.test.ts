import { describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { type Office, openOffice } from '../support/office.ts';

const SEED = { seed: plainSeed({ users: 4, groups: 2 }) };
const CSV = 'group_id,user_id,message\n1,2,\n1,3,their own\n2,4,\n';

const ODD = [
  'Hello "Anna", it’s 100 % \'free\' & #1: a+b=c; <b>bold</b> \\ `x` ?y=1',
  '',
  'Добро пожаловать 🎉 👩‍👩‍👧 العربية',
  '$result[c0][0] and $result[x] stay as they are\t.',
].join('\n');

/** Who got which message, `group/user: message`. */
async function messages(office: Office): Promise<string[]> {
  const { notifications } = await office.truth();
  return notifications
    .map(({ groupId, userId, message }) => `${groupId}/${userId}: ${message}`)
    .toSorted();
}

describe.concurrent('rows without a message of their own get', () => {
  test.each<[string, Record<string, string>, string[], string]>([
    ['none, when there is none', {}, [], ''],
    ['MESSAGE', { MESSAGE: 'from the environment' }, [], 'from the environment'],
    ['--message rather than MESSAGE', { MESSAGE: 'x' }, ['--message', 'Option'], 'Option'],
    ['an odd --message, unchanged', {}, ['--message', ODD], ODD],
    ['an odd MESSAGE, unchanged', { MESSAGE: ODD }, [], ODD],
  ])('%s', async (_, settings, argv, message) => {
    await using office = await openOffice(SEED, settings);
    const { code } = await office.program.call('run', office.file('a.csv', CSV), ...argv);
    expect(code).toBe(0);
    const expected = [`1/2: ${message}`, '1/3: their own', `2/4: ${message}`];
    expect(await messages(office)).toEqual(expected);
  });
});

test('the same file with another message is another import', async () => {
  await using office = await openOffice(SEED);
  const file = office.file('a.csv', CSV);
  await office.program.call('run', file, '--message', 'one');
  const { stdout } = await office.program.call('run', file, '--message', 'two');
  expect(stdout).toContain('Import 2 ·');
  expect(stdout).toContain('already_invited 3');
  expect(await messages(office)).toEqual(['1/2: one', '1/3: their own', '2/4: one']);
});
