import { expect, test } from 'vitest';
import { parseProblem } from '../../../src/ledger/imports/import-problem.ts';
import { problem, toProblem } from '../../../src/messages/problems.ts';

test.each([
  ['of this version', problem('file_gone', { file: 'a.csv' }).coded],
  [
    'of an older version, whose words had fewer parameters',
    {
      ...{ title: 'a.csv is no longer stored.', remedy: 'Upload the file again.' },
      coded: { code: 'file_gone', params: { file: 'a.csv' } },
    },
  ],
])('a stored problem %s keeps its words and its code', (_, stored) => {
  expect(toProblem(parseProblem(JSON.stringify(stored)))).toMatchObject({
    ...{ message: 'a.csv is no longer stored.', remedy: 'Upload the file again.' },
    coded: { code: 'file_gone', params: { file: 'a.csv' } },
  });
});

test('a stored problem of an older version without a code keeps its words', () => {
  const words = { title: 'Redis is full.', remedy: 'Give it memory.' };
  const { message, remedy } = toProblem(parseProblem(JSON.stringify(words)));
  expect({ title: message, remedy }).toEqual(words);
});
