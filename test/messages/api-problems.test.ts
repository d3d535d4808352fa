import { expect, test } from 'vitest';
import { Problem } from '../../src/domain/errors/problem.ts';
import { detectFormat, type GivenFormat } from '../../src/files/csv/detect-format.ts';
import { readText } from '../../src/files/text/text.ts';
import { inApiWords } from '../../src/messages/problems.ts';
import { all, chunked } from '../files/source.ts';

/** @returns the API's error for a file that cannot be read with these options */
async function said(csv: string | Buffer, given: GivenFormat = {}): Promise<string> {
  const open = () => chunked(Buffer.from(csv), [1_000]);
  const problem: unknown = await detectFormat(open, 'a.csv', given)
    .then(({ encoding }) => all(readText(open(), { fileName: 'a.csv', encoding })))
    .catch((error: unknown) => error);
  if (!(problem instanceof Problem)) throw problem;
  expect(`${problem.message} ${problem.remedy}`).toMatch(
    /--[a-z]|Columns are numbered|Use one|Use the column number/,
  );
  const { message, remedy } = inApiWords(problem);
  return `${message} ${remedy}`;
}

test.each<[what: string, csv: string | Buffer, given: GivenFormat, words: RegExp]>([
  [
    'no column',
    'a,b\nx,y\n',
    {},
    /no column for the group and the user; .* `groupColumn` and `userColumn` to/,
  ],
  ['no column for people', 'group,b\n1,y\n', {}, /no column for the user; .* set `userColumn` to/],
  [
    'several columns',
    'group,user,email\n1,2,x\n',
    {},
    /several columns could be the user: .* Set `userColumn` to/,
  ],
  [
    'one column for two roles',
    'group,user\n1,2\n',
    { columns: { user: 'group' } },
    /`groupColumn`, `userColumn`, `messageColumn`/,
  ],
  [
    'no such number',
    'group,user\n1,2\n',
    { columns: { user: '3' } },
    /`userColumn` is 3, but there are only 2/,
  ],
  [
    'no such name',
    'group,user\n1,2\n',
    { columns: { group: 'x' } },
    /`groupColumn` is “x”, but no column/,
  ],
  [
    'a shared name',
    'a,b,a\n1,2,3\n',
    { columns: { group: 'a', user: 'b' } },
    /`groupColumn` is “a”, but several/,
  ],
  ['an unclear delimiter', '15;3|4', {}, /Set `delimiter`, or/],
  [
    'a contradicting byte order mark',
    Buffer.from('\ufeffgroup,user\n1,2\n', 'utf16le'),
    { encoding: 'utf-8' },
    /`encoding`/,
  ],
  [
    'damaged text',
    Buffer.from('group,user\n1,\xff\n', 'latin1'),
    { encoding: 'utf-8' },
    /set `encoding`, for/,
  ],
  ['a zero byte', 'group,user\n1,\0\n', { encoding: 'utf-8' }, /`encoding` to utf-16le/],
])('the API names its fields for %s', async (_, csv, given, words) => {
  const text = await said(csv, given);
  expect(text).toMatch(words);
  expect(text).not.toContain('--');
});
