import { expect, test } from 'vitest';
import { openPortal, smallSeed } from '../raw-client.ts';

async function textOf(MESSAGE: unknown, options: object = {}): Promise<string | undefined> {
  const { call, truth } = await openPortal({ seed: smallSeed(), ...options });
  await call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [2], MESSAGE });
  return (await truth()).notifications[0]?.message;
}

test.each([
  ['#GROUP_NAME# is replaced', 'Join #GROUP_NAME#, yes #GROUP_NAME#', 'Join Open, yes Open'],
  ['"0" means the default text', '0', ''],
  ['"" means the default text', '', ''],
  ['no message means the default text', undefined, ''],
  ['other numbers are texts', '00', '00'],
])('%s', async (_, message, expected) => {
  expect(await textOf(message)).toBe(expected);
});

test('texts are cut at 20,000 characters, an emoji being one', async () => {
  const text = '🎉'.repeat(20_000);
  expect(await textOf(`${text}x`)).toBe(text);
});

test('the proactive filter of a box changes a text that resembles SQL, no other portal does', async () => {
  const text = 'Then select * from the list';
  expect(await textOf(text)).toBe(text);
  expect(await textOf(text, { proactiveFilter: true })).toBe('Then sel ect * fr om the list');
});
