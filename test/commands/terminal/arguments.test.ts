import { expect, test } from 'vitest';
import { Program } from '../../support/program.ts';

const program = new Program('/nonexistent/data', {});

const refusal = async (argv: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await program.call(...argv);
  expect([code, stdout]).toEqual([1, '']);
  return stderr;
};

test.each<[argv: string[], message: string]>([
  [['check', 'F.csv', '–json'], '–json begins with a long dash'],
  [['check', '—json'], '—json begins with a long dash'],
  [['run', '–message', '“Hi', 'there”', 'a.csv'], '–message begins with a long dash'],
  [['run', 'a.csv', '--message', '“Hi', 'there”'], 'there” has typographic quotes'],
  [['run', '«мой', 'файл.csv»'], '«мой has typographic quotes'],
  [['run', 'a.csv', '--message', '“Hi”'], 'The text of --message is in typographic quotes'],
  [['run', 'a.csv', '--message=«Привет»'], 'The text of --message is in typographic quotes'],
  [['check', 'a.csv', 'b.csv'], 'check takes one file at a time, but got 2: a.csv, b.csv.'],
  [['status', '1', '2'], 'status takes one argument, but got 2: 1, 2.'],
  [['imports', 'all'], 'imports takes no arguments, but got 1: all.'],
])('%o is refused with a helpful message', async (argv, message) => {
  expect(await refusal(argv)).toContain(`error: ${message}`);
});

test.each<[argv: string[]]>([
  [['run', 'a.csv', '--message', '— Hello —']],
  [['run', 'a.csv', '--message', '“Hi there”']],
  [['run', 'a.csv', '--message', 'Join «Sales»']],
  [['run', './–a.csv']],
  [['run', '-']],
])('%o is accepted', async (argv) => {
  expect(await refusal(argv)).toContain('error: BITRIX24_WEBHOOK_URL is not set.');
});

test.each([
  ['run', '--out', '/nonexistent/r.csv', 'The folder /nonexistent for --out does not exist.'],
  ['run', '--out', '/tmp', '/tmp is a folder.'],
  [
    'check',
    '--rejects',
    '/nonexistent/r.csv',
    'The folder /nonexistent for --rejects does not exist.',
  ],
  ['results', '--out', '/nonexistent/r.csv', 'The folder /nonexistent for --out does not exist.'],
])('%s %s %s is refused before anything is done', async (command, option, path, message) => {
  const BITRIX24_WEBHOOK_URL = 'http://127.0.0.1:1/rest/1/code/';
  const there = program.with({ BITRIX24_WEBHOOK_URL });
  const { stderr } = await there.call(command, '/dev/stdin', option, path);
  expect(stderr).toContain(`error: ${message}`);
});
