import { describe, expect, it } from 'vitest';
import { rowOf } from '../../../src/files/rows/row.ts';
import { describeDetails } from '../../../src/messages/row-details.ts';

const FORMAT = { columns: { group: 0, user: 1, message: 2, count: 3 }, delimiter: ',' } as const;
/** A row, and for a reject its details in words. */
function row(...cells: string[]) {
  const read = rowOf(7, cells, FORMAT);
  return read.kind === 'reject' ? { ...read, detail: describeDetails(read.details) } : read;
}

describe('rowOf', () => {
  it.each([
    ['15', 15],
    [' 15 ', 15],
    ['\t15\r', 15],
    ['\u00a015\u00a0', 15],
    ['\ufeff15', 15],
    ['15.0', 15],
    ['15.00', 15],
    ['007', 7],
    ['1', 1],
    ['2147483647', 2147483647],
  ])('reads %j as the id %j', (cell, id) => {
    expect(row(cell, '3')).toMatchObject({ kind: 'pair', line: 7, groupId: id, userId: 3 });
    expect(row('3', cell)).toMatchObject({ kind: 'pair', line: 7, groupId: 3, userId: id });
  });

  it.each([
    ['1 5', "“1 5” is not a group's id: an id is a whole number in the digits 0 to 9"],
    ['1\u00a05', '“1[U+00A0]5” is not'],
    ['1\u200b5', '“1[U+200B]5” is not'],
    ['2.000', '“2.000” is not'],
    ['1.234.567,00', '“1.234.567,00” is not'],
    ['1e3', '“1e3” is not'],
    ['-3', '“-3” is not'],
    ['+5', '“+5” is not'],
    ['0x1F', '“0x1F” is not'],
    ['०', '“०” is not'],
    ['１５', '“１５” is not'],
    ['15.5', '“15.5” is not'],
    ['15.', '“15.” is not'],
    ['15,0', '“15,0” is not'],
    ['1_000', '“1_000” is not'],
    ['0', "“0” is not a group's id: ids start at 1"],
    ['000.0', "“000.0” is not a group's id: ids start at 1"],
    ['2147483648', "“2147483648” is not a group's id: the largest is 2147483647"],
    ['9'.repeat(400), `“${'9'.repeat(60)}…” is not a group's id: the largest is 2147483647`],
  ])('rejects %j', (cell, detail) => {
    const rejected = row(cell, '3');
    expect(rejected).toMatchObject({ kind: 'reject', line: 7, reason: 'bad_group_id' });
    expect(rejected).toHaveProperty('detail', expect.stringContaining(detail));
    expect(row('3', cell)).toMatchObject({
      reason: 'bad_user_id',
      detail: expect.stringContaining(detail.replace("group's", "user's")),
    });
  });

  it.each([
    [['', '3'], 'missing_group', 'the group is empty'],
    [[' \u00a0', '3'], 'missing_group', 'the group is empty'],
    [['3', ''], 'missing_user', 'the user is empty'],
    [['3'], 'missing_user', 'the user is empty'],
    [['', ''], 'missing_group', 'the group is empty; the user is empty'],
    [['', 'x'], 'missing_group', /^the group is empty; “x” is not a user's id/],
    [['-1', ''], 'bad_group_id', /^“-1” is not a group's id.*; the user is empty$/],
    [['-1', '0'], 'bad_group_id', /^“-1” is not a group's id.*; “0” is not a user's id/],
    [['3', '4', 'Hi', 'x'], 'bad_row', 'the row has 4 cells, the first row 3; one too many is “x”'],
    [
      ['', '', '', '', ' x '],
      'bad_row',
      'the row has 5 cells, the first row 3; one too many is “x”',
    ],
  ])('rejects %j with the reason %s', (cells, reason, detail) => {
    expect(row(...cells)).toMatchObject({
      reason,
      detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
    });
  });

  it('rejects a row with a surplus cell, unless all rows have it', () => {
    const cells = ['1', '2', 'Hi', ''];
    expect(row(...cells)).toMatchObject({ reason: 'bad_row' });
    expect(rowOf(7, cells, { ...FORMAT, surplus: 1 })).toMatchObject({ message: 'Hi' });
    expect(rowOf(7, [...cells, ''], { ...FORMAT, surplus: 1 })).toMatchObject({
      reason: 'bad_row',
    });
  });

  it.each([
    ...['NULL', 'null', '\\N', '(null)', '[NULL]', '#N/A', '#Н/Д', '#REF!', '#ССЫЛКА!', '#ЗНАЧ!'],
    ...[
      '#VALUE!',
      '#NAME?',
      '#ИМЯ?',
      '#NV',
      '#WERT!',
      '#¡REF!',
      'NaN',
      'None',
      '########',
      'Err:502',
    ],
  ])('reads the message %j as none', (cell) => {
    expect(row('1', '2', cell)).toMatchObject({ message: undefined, hasPlaceholder: true });
    expect(row('1', cell)).toMatchObject({ reason: 'missing_user' });
    expect(row(cell, '2')).toMatchObject({ reason: 'missing_group' });
  });

  it.each(['N', 'Null problems', '#welcome', '#15', 'Nun', 'A!', 'No?'])(
    'reads the message %j as it is',
    (cell) => {
      expect(row('1', '2', cell)).toMatchObject({ message: cell });
    },
  );

  it.each([
    ['345', 'only a number'],
    ['??????? ??????????, Anna', 'letters of the invitation text are lost'],
    ['Gr\ufffd\ufffde', 'letters of the invitation text are lost'],
  ])('rejects the message %j', (cell, detail) => {
    expect(row('1', '2', cell)).toHaveProperty('detail', expect.stringContaining(detail));
  });

  it.each([
    [' Hi \r', 'Hi'],
    ['\nDear all,\r\n\nhi\n', 'Dear all,\r\n\nhi'],
    ['', undefined],
    [' \n\u00a0', undefined],
  ])('reads the message %j as %j', (cell, message) => {
    expect(row('1', '2', cell)).toHaveProperty('message', message);
  });

  it('has no message without the column or the cell', () => {
    expect(row('1', '2')).toHaveProperty('message', undefined);
    expect(
      rowOf(2, ['1', '2'], { ...FORMAT, columns: { group: 0, user: 1, count: 2 } }),
    ).toHaveProperty('message', undefined);
  });

  it('keeps the cells of a reject, trimmed and shortened', () => {
    expect(row(' -1 ', ' 3 ')).toMatchObject({ groupCell: '-1', userCell: '3' });
    expect(row('1', 'y'.repeat(1000))).toMatchObject({
      groupCell: '1',
      userCell: `${'y'.repeat(255)}…`,
    });
  });

  it('returns names and lists unresolved', () => {
    expect(row('Sales', 'anna@example.com', 'Hi')).toEqual({
      kind: 'list',
      line: 7,
      groups: { parts: [{ kind: 'name', name: 'Sales' }], whole: undefined },
      users: { parts: [{ kind: 'name', name: 'anna@example.com' }], whole: undefined },
      message: 'Hi',
    });
    expect(row('15', '3;4')).toMatchObject({ kind: 'list', groups: { parts: [{ id: 15 }] } });
  });

  it('rejects a row with an absurd number of pairs', () => {
    const ids = (count: number) => Array.from({ length: count }, (_, i) => i + 1).join(';');
    expect(row(ids(100), ids(1_000))).toMatchObject({ kind: 'list' });
    expect(row(ids(101), ids(1_000))).toMatchObject({
      reason: 'bad_row',
      detail: expect.stringContaining('101000 pairs (101 groups, 1000 users); the most is 100000'),
    });
  });
});
