import { expect, test } from 'vitest';
import { encodeText } from '../../../scripts/encode-text.ts';
import { headerKey, headerLineKey, lineKeys } from '../../../src/files/choices/header-keys.ts';
import { chunked, formatOf } from '../source.ts';

const keyOf = async (csv: string) => headerKey(await formatOf(csv));
const linesOf = (bytes: Uint8Array, size = 7) => lineKeys(chunked(bytes, [size]));

test.each([
  ['in another delimiter and case', 'Group ID;user_id;Team\n1;2;3\n', true],
  ['with other rows', 'group_id,user_id,team\n5,6,7\n8,9,1\n', true],
  ['in another order', 'user_id,group_id,team\n1,2,3\n', false],
  ['with another column', 'group_id,user_id,team,note\n1,2,3,4\n', false],
])('a header %s is the same: %s', async (_, csv, isSame) => {
  expect((await keyOf(csv)) === (await keyOf('group_id,user_id,team\n1,2,3\n'))).toBe(isSame);
});

test('the keys of JSON objects are the same header in any order', async () => {
  const key = await keyOf('{"group_id":1,"user_id":2}\n');
  expect(await keyOf('[{"user_id":2,"group_id":1}]')).toBe(key);
  expect(key).not.toBe(await keyOf('group_id,user_id\n1,2\n'));
});

test('a table without a header has no key', async () => {
  expect(await keyOf('1,2\n3,4\n')).toBeUndefined();
});

test.each(['\n', '\r\n', '\r'])('lines have keys whatever ends them: %j', async (end) => {
  const lines = ['Title', '', 'группа,сотрудник', '1,2'].join(end);
  const keys = await linesOf(encodeText(lines, 'windows-1251'));
  expect(keys).toEqual(await linesOf(encodeText(`${lines}`, 'windows-1251'), 1000));
  expect(keys[1]).toBeUndefined();
  const [other] = await linesOf(encodeText('группа,сотрудник', 'windows-1251'));
  expect(keys[2]).toBe(other);
  expect(keys[2]).not.toBe((await linesOf(Buffer.from('группа,сотрудник')))[0]);
});

test('the line of the header is the first one, after sep=, or the given one', async () => {
  const keys = ['a', undefined, 'b', 'c'];
  const format = await formatOf('group_id,user_id\n1,2\n');
  expect(headerLineKey(keys, format, undefined)).toBe('a');
  expect(headerLineKey(keys, { ...format, hasSeparatorLine: true }, undefined)).toBe('b');
  expect(headerLineKey(keys, format, 4)).toBe('c');
  expect(headerLineKey(keys, { ...format, json: 'array' }, undefined)).toBeNull();
});
