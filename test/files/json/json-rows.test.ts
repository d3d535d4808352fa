import { expect, test } from 'vitest';
import type { Reference } from '../../../src/files/rows/references.ts';
import { describeDetails } from '../../../src/messages/row-details.ts';
import { formatOf, rowsOf } from '../source.ts';

const shown = (part: Reference<number>) =>
  part.kind === 'id' ? part.id : part.kind === 'name' ? part.name : part.reason;

/** @returns the rows in words, with a row before them that has all keys */
async function read(...objects: string[]): Promise<string[]> {
  const first = '{"group_id":1,"user_id":1,"message":"Hi","team":"A"}';
  const rows = await rowsOf(`[${[first, ...objects].join(',\n')}]`);
  return rows.slice(1).map((row) => {
    if (row.kind === 'pair')
      return `${row.line}: ${row.groupId} ${row.userId} ${row.message ?? '-'}`;
    if (row.kind === 'reject') return `${row.line}: ${row.reason}: ${describeDetails(row.details)}`;
    const lists = [row.groups, row.users].map(({ parts }) => parts.map(shown).join('+'));
    return `${row.line}: ${lists.join(' ')} ${row.message ?? '-'}`;
  });
}

test.each([
  ['{"group_id":15,"user_id":3}', '15 3 -'],
  ['{"user_id":"3","group_id":" 15 ","message":null}', '15 3 -'],
  ['{"group_id":15,"user_id":"a@b.co","message":"Hello\\nthere"}', '15 a@b.co Hello\nthere'],
  ['{"group_id":[15,"16"],"user_id":[3,"a@b.co"]}', '15+16 3+a@b.co -'],
  ['{"group_id":["Sales | North","X"],"user_id":3}', 'Sales | North+X 3 -'],
  ['{"group_id":"15; 16","user_id":3}', '15+16 3 -'],
  ['{"group_id":15}', 'missing_user: the user is empty'],
  ['{"group_id":15,"user_id":null}', 'missing_user: “user_id” is null'],
  ['{"group_id":15,"user_id":[]}', 'missing_user: the user is empty'],
  ['{"group_id":{"id":15},"user_id":3}', 'bad_group_id: “group_id” is a JSON object'],
  ['{"group_id":15,"user_id":true}', 'bad_user_id: “user_id” is a JSON boolean'],
  ['{"group_id":15,"user_id":[3,null]}', 'bad_user_id: “user_id” is a JSON array'],
  ['{"group_id":15,"user_id":3,"message":5}', 'bad_row: “message” is a JSON number; use a string'],
  ['{"group_id":15,"user_id":3,"message":"\\u0000"}', 'bad_row: “message” has a zero character'],
  ['{"group_id":15,"user_id":3,"user_id":4}', 'bad_row: the object has a key twice'],
  ['{"group_id":15,"user_id":1.5}', 'bad_user_id: “1.5” is not a user'],
  ['{"group_id":15,"user_id":99999999999}', 'bad_user_id: “99999999999” is not a user'],
  ['{"__proto__":{"user_id":3},"constructor":1,"group_id":15}', 'missing_user: the user is empty'],
  ['[15,3]', 'bad_row: a JSON object is needed, not a JSON array'],
  ['"15,3"', 'bad_row: a JSON object is needed, not a JSON string'],
])('%s → %s', async (object, row) => {
  const [found] = await read(object);
  expect(found).toContain(`2: ${row}`);
});

test('the keys of all objects are the columns', async () => {
  const format = await formatOf('{"user":3,"project":"X"}\n{"user":4,"project":"X","text":"Hi"}\n');
  expect(format).toMatchObject({
    ...{ json: 'lines', encoding: 'utf-8', header: ['user', 'project', 'text'] },
    columns: { group: 1, user: 0, message: 2, count: 3 },
  });
});

test.each([
  ['[]', 'contains no JSON objects'],
  ['[[15,3]]', 'contains no JSON objects'],
  ['{"result":[{"group_id":1,"user_id":2}]}', 'no key for the group and the user; found: “result”'],
  ['[{"group_id":1,"user":2,"email":"a@b.co"}]', '2 columns could be the user'],
  [`[{${Array.from({ length: 1001 }, (_, i) => `"k${i}":1`)}}]`, 'more than 1000 different keys'],
])('%.40s is refused: %s', async (text, message) => {
  await expect(formatOf(text)).rejects.toThrow(message);
});
