import { expect, test } from 'vitest';
import { filterProactively } from '../../../src/sandbox/rest/proactive-filter.ts';

test.each([
  ['select * from', 'sel ect * fr om'],
  ['SELECT a, b FROM c', 'SEL ECT a, b FR OM c'],
  ['Please select one of these from the list', 'Please sel ect one of these fr om the list'],
  ['one union select two', 'one uni on sel ect two'],
  ['insert into', 'ins ert in to'],
  ['drop table', 'dr op table'],
  ['<script>alert(1)</script>', '<s cript>alert(1)</script>'],
  ['<iframe src=x>', '<if rame src=x>'],
  ['javascript:alert(1)', 'java script:alert(1)'],
  ['<b onclick=x>', '<b on click=x>'],
])('%j becomes %j', (text, expected) => {
  expect(filterProactively(text)).toBe(expected);
});

test.each([
  'Please select your group.',
  'Greetings from Anna',
  'Добро пожаловать в <b>группу</b>!',
  'You are reselected * from now',
])('leaves %j as it is', (text) => {
  expect(filterProactively(text)).toBe(text);
});
