import { expect, test } from 'vitest';
import { MAX_MESSAGE_CHARACTERS } from '../../src/domain/imports/message.ts';
import { rowOf } from '../../src/files/rows/row.ts';

const columns = { group: 0, user: 1, message: 2, count: 3 };
const row = (message: string, user = '3') =>
  rowOf(2, ['1', user, message], { columns, delimiter: ',' });

test.each(['a', 'я', '🎉'])(
  'a text of as many characters as the portal takes is sent: %s',
  (one) => {
    const message = one.repeat(MAX_MESSAGE_CHARACTERS);
    expect(row(message)).toMatchObject({ kind: 'pair', message });
  },
);

test.each([
  ['one person', '3'],
  ['several', '3;4'],
  ['an address', 'anna@example.com'],
])('one more is refused, and says how many: %s', (_, user) => {
  const refused = row('🎉'.repeat(MAX_MESSAGE_CHARACTERS + 1), user);
  expect(refused).toMatchObject({
    ...{ kind: 'reject', reason: 'bad_row', groupCell: '1', userCell: user },
    details: [{ code: 'message_long', params: { characters: 20_001, most: 20_000 } }],
  });
});
