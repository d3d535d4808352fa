import { expect, test } from 'vitest';
import { parseStr } from '../../../src/sandbox/rest/parse-str.ts';
import { encodeJson } from '../../../src/sandbox/rest/php-json.ts';

test.each([
  ['', '[]'],
  ['a=1&b=2', '{"a":"1","b":"2"}'],
  ['a=1&a=2', '{"a":"2"}'],
  ['a', '{"a":""}'],
  ['a=b=c', '{"a":"b=c"}'],
  ['&&a=1&&', '{"a":"1"}'],
  ['=1', '[]'],
  ['USER_ID[0]=1&USER_ID[1]=2', '{"USER_ID":["1","2"]}'],
  ['USER_ID%5B0%5D=1&USER_ID%5B1%5D=2', '{"USER_ID":["1","2"]}'],
  ['USER_ID[]=1&USER_ID[]=2', '{"USER_ID":["1","2"]}'],
  ['a[5]=x&a[]=y', '{"a":{"5":"x","6":"y"}}'],
  ['a[b][c]=1&a[b][d]=2', '{"a":{"b":{"c":"1","d":"2"}}}'],
  ['a[][]=1&a[][]=2', '{"a":[["1"],["2"]]}'],
  ['a=1&a[b]=2', '{"a":{"b":"2"}}'],
  ['a[b]=1&a=2', '{"a":"2"}'],
  ['a[b]c=1', '{"a":{"b":"1"}}'],
  ['a[b=1', '{"a_b":"1"}'],
  ['a b.c=1', '{"a_b_c":"1"}'],
  ['a[b.c d]=1', '{"a":{"b.c d":"1"}}'],
  ['  a=1', '{"a":"1"}'],
  ['[a]=1', '[]'],
  ['a=x+y', '{"a":"x y"}'],
  ['a=x%2By', '{"a":"x+y"}'],
  ['a=100%', '{"a":"100%"}'],
  ['a=%D0%9F%D1%80%D0%B8', '{"a":"При"}'],
  ['a=При', '{"a":"При"}'],
  ['a=1%262', '{"a":"1&2"}'],
])('parse_str(%j) is %s', (query, expected) => {
  expect(encodeJson(parseStr(query))).toBe(expected);
});

test('silently drops variables after the first 1,000', () => {
  const query = Array.from({ length: 1003 }, (_, index) => `USER_ID[${index}]=${index}`).join('&');
  const users = parseStr(`GROUP_ID=1&${query}`).get('USER_ID');
  expect(users).toHaveProperty('size', 999);
});

test('drops a variable that is nested too deep', () => {
  expect(parseStr(`a${'[b]'.repeat(64)}=1`).size).toBe(1);
  expect(parseStr(`a${'[b]'.repeat(65)}=1`).size).toBe(0);
});
