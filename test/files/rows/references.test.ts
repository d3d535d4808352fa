import { describe, expect, it, test } from 'vitest';
import { groupReferences, userReferences } from '../../../src/files/rows/references.ts';
import { isPlainAddress } from '../../../src/files/rows/user-cell.ts';

/** The parts of a cell: an id as a number, a name as it is, the reason of a wrong part. */
const meaning = ({ parts }: ReturnType<typeof groupReferences | typeof userReferences>) =>
  parts.map((part) =>
    part.kind === 'id' ? part.id : part.kind === 'name' ? part.name : `! ${part.reason}`,
  );

const groups = (cell: string, delimiter: ',' | ';' | '|' | '\t' = ',') =>
  meaning(groupReferences(cell, delimiter));
const users = (cell: string, delimiter: ',' | ';' | '|' | '\t' = ',') =>
  meaning(userReferences(cell, delimiter));

describe('a cell with several', () => {
  it.each([
    ['3;4;5', [3, 4, 5]],
    ['3|4', [3, 4]],
    [' 3 ; 4 ', [3, 4]],
    ['3;;4;', [3, 4]],
    ['3;4|5', [3, 4, 5]],
    ['3\n4\r\n5', [3, 4, 5]],
    ['3;3', [3, 3]],
    ['a@x.ru; 7 ;b@x.ru', ['a@x.ru', 7, 'b@x.ru']],
    ['3;x;0', [3, '! bad_user_id', '! bad_user_id']],
    [';', ['! missing_user']],
    ['', ['! missing_user']],
  ])('%j means %j', (cell, expected) => {
    expect(users(cell)).toEqual(expected);
  });

  it.each(['1,234, 2,345', '1,234, 5', '3, 4,567', '1,234,', '1,2,345'])(
    '%j can be numbers with separators of thousands, and names no one',
    (cell) => {
      expect(users(cell)).toEqual(['! bad_user_id']);
    },
  );

  it('is split also at the delimiter of the file, which stood in quotes there', () => {
    for (const delimiter of [';', '|', '\t'] as const) {
      expect(users('3;4|5', delimiter)).toEqual([3, 4, 5]);
    }
  });

  it.each<readonly [string, readonly (string | number)[]]>([
    ['10, 11', [10, 11]],
    ['10,11', [10, 11]],
    ['1234,5678', [1234, 5678]],
    ['a@x.ru, 7,b@x.ru', ['a@x.ru', 7, 'b@x.ru']],
    ['a@x.ru,', ['a@x.ru']],
    ['Berg, Anna <a@x.ru>, Cole, Ben <b@x.ru>', ['a@x.ru', 'b@x.ru']],
    ['Berg, Anna [10], Cole, Ben [11]', [10, 11]],
    ...['1,234', '10,11,123', '1,23,456', '1,234.00', '15,0', '10,', '10, Anna', '10,,'].map(
      (cell) => [cell, ['! bad_user_id']] as const,
    ),
  ])('%j between commas means %j', (cell, expected) => {
    expect(users(cell)).toEqual(expected);
  });

  it('is no list of two numbers where a comma can separate decimals', () => {
    expect(users('10,2', ';')).toEqual(['! bad_user_id']);
    expect(users('10, 2', ';')).toEqual([10, 2]);
    expect(groups('10,2', '\t')).toEqual(['! bad_group_id']);
    expect(groups('10,2', ',')).toEqual([10, 2]);
    expect(groups('Sales, North', ',')).toEqual(['Sales, North']);
  });

  it('can be one group with a separator in its name', () => {
    expect(groupReferences('Sales | North', ',')).toMatchObject({ whole: 'Sales | North' });
    expect(groupReferences('Sales', ',').whole).toBeUndefined();
    expect(groupReferences('15;16', ',').whole).toBeUndefined();
  });
});

describe('a group', () => {
  it.each<readonly [string, string | number]>([
    ['15', 15],
    ['15.0', 15],
    ['007', 7],
    ['2024', 2024],
    ['Sales', 'Sales'],
    ['1C', '1C'],
    ['Sales 2024', 'Sales 2024'],
    ['Проект «Весна»', 'Проект «Весна»'],
    ['#15', '#15'],
    ...[
      '1 5',
      '1e3',
      '1E+3',
      '०',
      '-3',
      '−3',
      '+5',
      '0',
      '0x1F',
      '15,0',
      "1'000",
      '99999999999',
    ].map((cell) => [cell, '! bad_group_id'] as const),
  ])('%j means %j', (cell, expected) => {
    expect(groups(cell)).toEqual([expected]);
  });
});

describe('a user', () => {
  it.each<readonly [string, string | number]>([
    ['Anna Berg [10]', 10],
    ['[USER=10]Anna Berg[/USER]', 10],
    ['10\u200b', 10],
    ['anna@example.com', 'anna@example.com'],
    ['Anna.O’Neil+b24@пример.рф', 'Anna.O’Neil+b24@пример.рф'],
    ...[
      'Anna <a@b.c>',
      '"Berg, Anna" <a@b.c>',
      '<a@b.c>',
      '<mailto:a@b.c>',
      "'a@b.c' <a@b.c>",
      'a@b.c (Anna)',
      'mailto:a@b.c',
      'MAILTO:a@b.c?subject=Hi',
      'a@b.c.',
      "'a@b.c'",
      '“a@b.c”',
      '«a@b.c»',
      'a\u00ad@b.c\u200b',
      '\u202aa@b.c\u202c',
      '\u00a0a@b.c',
    ].map((cell) => [cell, 'a@b.c'] as const),
    ...['Anna', 'anna@', '@example.com', 'a@b@c', 'a b@c.d', '1e3', '-3', 'a@b.c d@e.f'].map(
      (cell) => [cell, '! bad_user_id'] as const,
    ),
    ...['d@e.f <a@b.c>', 'Anna (11)', 'Anna [x]', '[10]', '10-15', 'Anna [0]', '1\u200b5'].map(
      (cell) => [cell, '! bad_user_id'] as const,
    ),
  ])('%j means %j', (cell, expected) => {
    expect(users(cell)).toEqual([expected]);
  });
});

test('an address is taken as it is only where no form around it could be removed', () => {
  const plain = /^[a-z0-9][!-~]*[a-z0-9]$/i;
  const address = /^[^\s@,:;<>"()[\]]+@[^\s@,:;<>"()[\]]+$/;
  for (let code = 0; code < 700; code++) {
    const sign = String.fromCharCode(code);
    for (const text of [`a${sign}b@c.d`, `a@b${sign}d`, `${sign}a@b`, `a@b${sign}`, `a@${sign}b`]) {
      expect([text, isPlainAddress(text)]).toEqual([text, plain.test(text) && address.test(text)]);
    }
  }
});
