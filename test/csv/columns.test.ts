import { describe, expect, it } from 'vitest';
import { findColumns } from '../../src/csv/columns.ts';

const found = (header: string) => findColumns(header.split(','), 'team.csv', 1);

describe('findColumns', () => {
  it.each([
    ['group_id,user_id', { group: 0, user: 1, message: undefined, count: 2 }],
    ['user_id,group_id', { group: 1, user: 0, message: undefined, count: 2 }],
    ['group,user,message', { group: 0, user: 1, message: 2, count: 3 }],
    ['Message,USER,Group_Id', { group: 2, user: 1, message: 0, count: 3 }],
    [' group_id ,\u00a0user_id\t,', { group: 0, user: 1, message: undefined, count: 3 }],
    ['id,name,group_id,name,user_id', { group: 2, user: 4, message: undefined, count: 5 }],
  ])('finds the columns of %j', (header, columns) => {
    expect(found(header)).toEqual(columns);
  });

  it.each([
    [
      'group_id,name',
      'team.csv, line 1: no column for the user (user_id or user); found: “group_id”, “name”.',
    ],
    [
      '15,3',
      'team.csv, line 1: no column for the group (group_id or group) and the user (user_id or user); found: “15”, “3”.',
    ],
    [
      'group_id;user_id',
      'team.csv, line 1: no column for the group (group_id or group) and the user (user_id or user); found: “group_id;user_id”.',
    ],
    [
      'group,user,Group_ID',
      'team.csv, line 1: 2 columns could be group_id or group: “group” (column 1), “Group_ID” (column 3).',
    ],
    [
      'user,group,user',
      'team.csv, line 1: 2 columns could be user_id or user: “user” (column 1), “user” (column 3).',
    ],
    [
      'user,group,message,MESSAGE',
      'team.csv, line 1: 2 columns could be message: “message” (column 3), “MESSAGE” (column 4).',
    ],
    [
      'group_id,user_id\r15,3\r16,4',
      'team.csv, line 1: the lines end in the way of old Macintosh files (CR).',
    ],
  ])('refuses %j', (header, message) => {
    expect(() => found(header)).toThrow(expect.objectContaining({ name: 'Problem', message }));
  });

  it('lists twenty of many names', () => {
    const header = Array.from({ length: 50 }, (_, i) => `c${i}`).join(',');
    expect(() => found(header)).toThrow(/“c19” and 30 more\.$/);
  });
});
