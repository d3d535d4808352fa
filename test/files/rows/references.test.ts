import { describe, expect, it } from 'vitest';
import { groupReferences, userReferences } from '../../../src/files/rows/references.ts';

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

  it('is not split at the delimiter of the file', () => {
    expect(users('3;4|5', ';')).toEqual(['! bad_user_id', 5]);
    expect(users('3;4|5', '|')).toEqual([3, '! bad_user_id']);
    expect(users('3;4|5', '\t')).toEqual([3, 4, 5]);
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
  it.each<readonly [string, string]>([
    ['anna@example.com', 'anna@example.com'],
    ['Anna.O’Neil+b24@пример.рф', 'Anna.O’Neil+b24@пример.рф'],
    ...['Anna', 'anna@', '@example.com', 'a@b@c', 'a b@c.d', 'Anna <a@b.c>', '1e3', '-3'].map(
      (cell) => [cell, '! bad_user_id'] as const,
    ),
  ])('%j means %j', (cell, expected) => {
    expect(users(cell)).toEqual([expected]);
  });
});
