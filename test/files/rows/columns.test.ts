import { describe, expect, it } from 'vitest';
import {
  findColumns,
  type GivenColumns,
  numberedColumns,
} from '../../../src/files/rows/columns.ts';

const first = (header: string) => ({ fileName: 'team.csv', line: 1, cells: header.split(',') });
const found = (header: string, given?: GivenColumns) => findColumns(first(header), given);
const problem = (message: string | RegExp) =>
  expect.objectContaining({
    name: 'Problem',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });

describe('findColumns', () => {
  it.each([
    ['group_id,user_id', { group: 0, user: 1, count: 2 }],
    ['user_id,group_id', { group: 1, user: 0, count: 2 }],
    ['group,user,message', { group: 0, user: 1, message: 2, count: 3 }],
    ['Message,USER,Group_Id', { group: 2, user: 1, message: 0, count: 3 }],
    [' group_id ,\u00a0user_id\t,', { group: 0, user: 1, count: 3 }],
    ['groupId,userId', { group: 0, user: 1, count: 2 }],
    ['Group ID,User ID', { group: 0, user: 1, count: 2 }],
    ['Workgroup,Employee ID', { group: 0, user: 1, count: 2 }],
    ['Project name,E-mail,Text', { group: 0, user: 1, message: 2, count: 3 }],
    ['id,project', { group: 1, user: 0, count: 2 }],
    ['name,Email address,department,Group', { group: 3, user: 1, count: 4 }],
    ['Группа,Пользователь', { group: 0, user: 1, count: 2 }],
    ['ID группы,ID пользователя,Сообщение', { group: 0, user: 1, message: 2, count: 3 }],
    ['ФИО,Эл. почта,Проект', { group: 2, user: 1, count: 3 }],
    ['Сотрудник,Рабочая группа,Текст приглашения', { group: 1, user: 0, message: 2, count: 3 }],
    ['Название группы,E-mail сотрудника', { group: 0, user: 1, count: 2 }],
  ])('finds the columns of %j', (header, columns) => {
    expect(found(header)).toMatchObject(columns);
  });

  it.each<[string, GivenColumns, object]>([
    ['Team,Person', { group: 'Team', user: 'Person' }, { group: 0, user: 1 }],
    ['Team,Person', { group: '1', user: '2' }, { group: 0, user: 1 }],
    ['team,person', { group: ' TEAM ', user: 'Person' }, { group: 0, user: 1 }],
    ['user_id,email,group', { user: 'email' }, { group: 2, user: 1 }],
    ['id,ID,group', { user: 'ID' }, { group: 2, user: 1 }],
    ['group,user,note', { message: 'note' }, { group: 0, user: 1, message: 2 }],
    ['group,user,message', { message: false }, { group: 0, user: 1, message: undefined }],
    ['group,user,text,message', { message: false }, { message: undefined }],
    ['group,user,text,message', { message: '4' }, { group: 0, user: 1, message: 3 }],
  ])('finds in %j the columns that the user specified: %j', (header, given, columns) => {
    expect(found(header, given)).toMatchObject(columns);
  });

  it.each<[string, GivenColumns, string | RegExp]>([
    [
      'group_id,name',
      {},
      'team.csv, line 1: no column for the user (user_id, user, email, сотрудник or почта); found: “group_id”, “name”.',
    ],
    ['a,b', {}, /no column for the group \(.*\) and the user \(.*\); found: “a”, “b”\.$/],
    [
      'group,user,Group_ID',
      {},
      'team.csv, line 1: 2 columns could be the group: “group” (column 1), “Group_ID” (column 3).',
    ],
    [
      'user,group,почта',
      {},
      'team.csv, line 1: 2 columns could be the user: “user” (column 1), “почта” (column 3).',
    ],
    [
      'user,group,message,Текст',
      {},
      'team.csv, line 1: 2 columns could be the message: “message” (column 3), “Текст” (column 4).',
    ],
    [
      'Team,Person',
      { group: 'Teams' },
      'team.csv, line 1: --group-column says “Teams”, and no column is called so: “Team”, “Person”.',
    ],
    ['Team,Person', { user: '3' }, /--user-column says 3, and there are 2 columns: “Team”/],
    ['Team,Person', { user: '0' }, /--user-column says 0, and there are 2 columns/],
    ['a,b,a,user', { group: 'a' }, /“a”, and 2 columns are called so: “a” \(column 1\), “a” \(col/],
    ['group,user', { user: 'group' }, /“group” \(column 1\) cannot be two things at once/],
    ['group,user', { message: '2' }, /“user” \(column 2\) cannot be two things at once/],
  ])('refuses %j with %j', (header, given, message) => {
    expect(() => found(header, given)).toThrow(problem(message));
  });

  it('lists twenty of many names', () => {
    const header = Array.from({ length: 50 }, (_, i) => `c${i}`).join(',');
    expect(() => found(header)).toThrow(/“c19” and 30 more\.$/);
  });
});

describe('numberedColumns', () => {
  it('puts the group first and the user second by default', () => {
    expect(numberedColumns(first('15,3,Hi'))).toMatchObject({ group: 0, user: 1, count: 3 });
    expect(
      numberedColumns(first('15,3,Hi'), { group: '2', user: '1', message: '3' }),
    ).toMatchObject({
      ...{ group: 1, user: 0, message: 2 },
    });
  });

  it('refuses one column for two roles', () => {
    expect(() => numberedColumns(first('15,3'), { group: '2' })).toThrow(/cannot be two things/);
  });
});
