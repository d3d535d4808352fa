import { expect, test } from 'vitest';
import {
  type PhpArray,
  phpBool,
  phpInt,
  phpList,
  phpRecord,
} from '../../src/sandbox/rest/php-array.ts';
import { decodeJson, encodeJson } from '../../src/sandbox/rest/php-json.ts';

const keyed = (...keys: string[]): PhpArray => new Map(keys.map((key) => [key, true]));

test.each([
  ['the empty array', new Map(), '[]'],
  ['a list', phpList(['a', 1, null, true]), '["a",1,null,true]'],
  ['keys 0..n-1', keyed('0', '1'), '[true,true]'],
  ['a list that starts at 1', keyed('1', '2'), '{"1":true,"2":true}'],
  ['a list with a gap', keyed('0', '2'), '{"0":true,"2":true}'],
  ['keys 0..n-1 in another order', keyed('1', '0'), '{"1":true,"0":true}'],
  ['names', phpRecord({ a: phpRecord({}) }), '{"a":[]}'],
  ['text', '"ю/', '"\\"ю/"'],
])('prints %s', (_, value, expected) => {
  expect(encodeJson(value)).toBe(expected);
});

test.each([
  ['{"b":1,"a":{}}', '{"b":1,"a":[]}'],
  ['{"10":"x","2":"y"}', '{"10":"x","2":"y"}'],
  ['{"0":"x","1":"y"}', '["x","y"]'],
  ['{"a":"b\\":c","d" : ["e:",1.5]}', '{"a":"b\\":c","d":["e:",1.5]}'],
  ['[[],null,false]', '[[],null,false]'],
])('reads %s and prints it as %s', (text, expected) => {
  const value = decodeJson(text);
  expect(value).toBeDefined();
  expect(encodeJson(value ?? null)).toBe(expected);
});

test('rejects text that is not JSON', () => {
  expect(decodeJson('{"a":')).toBeUndefined();
});

test.each([
  ['12', 12],
  [' 12abc', 12],
  ['1.9', 1],
  ['1e3', 1000],
  ['-3', -3],
  ['abc', 0],
  ['', 0],
  [7.8, 7],
  [true, 1],
  [null, 0],
  [undefined, 0],
])('(int) %j is %i', (value, expected) => {
  expect(phpInt(value)).toBe(expected);
});

test.each([
  ['0', false],
  ['', false],
  [0, false],
  [null, false],
  [undefined, false],
  [new Map(), false],
  ['false', true],
  ['1', true],
  [1, true],
])('(bool) %j is %s', (value, expected) => {
  expect(phpBool(value)).toBe(expected);
});
