import { expect, test } from 'vitest';
import { mayBeFiltered } from '../../../src/domain/text/filtered-text.ts';
import { filterProactively } from '../../../src/sandbox/rest/proactive-filter.ts';

test.each([
  ['select * from us', true],
  ['Please SELECT a slot\nfrom the list', true],
  ['drop table 4', true],
  ['insert it into the plan', true],
  ['<b>Welcome</b>', true],
  ['<script>', true],
  ['a link: javascript:x', true],
  ['onclick = x', true],
  ['', false],
  ['Welcome to the team! Budget 2 < 3 & 4 > 1; select a seat.', false],
  ['Добро пожаловать, #GROUP_NAME#', false],
  ['From Monday on = new hours', false],
])('a self-hosted portal may change %j: %s', (text, expected) => {
  expect(mayBeFiltered(text)).toBe(expected);
});

test.each([
  ...['select a from b', 'union all select x', 'from a where b', 'insert into that'],
  ...['update a set b', 'drop view x', '<iframe>', '<object>', 'onload=x', 'javascript:x'],
])('a text that the filter of the sandbox changes is recognized: %j', (text) => {
  expect(filterProactively(text)).not.toBe(text);
  expect(mayBeFiltered(text)).toBe(true);
});
