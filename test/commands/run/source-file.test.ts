import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { findSourceFile } from '../../../src/commands/run/source-file.ts';
import { Program } from '../../support/program.ts';

const home = mkdtempSync(join(tmpdir(), 'source-file-'));
afterAll(() => rmSync(home, { recursive: true }));

const CSV = 'group_id,user_id\n1,2\n';
const find = (path: string, maxUploadBytes = 1_000) =>
  findSourceFile(path, { maxUploadBytes }, { stdin: Readable.from([Buffer.from(CSV)]) });

const textOf = (path: string): Promise<string> => text(Readable.from(find(path).read()));

test.each(['-', '/dev/stdin'])('%s reads stdin', async (path) => {
  expect(find(path).name).toBe('stdin');
  expect(await textOf(path)).toBe(CSV);
});

test('a terminal is not read as a file', () => {
  const stdin = Object.assign(Readable.from([]), { isTTY: true });
  expect(() => findSourceFile('-', { maxUploadBytes: 1_000 }, { stdin })).toThrow(
    '- reads the file from stdin, but stdin is a terminal.',
  );
});

test('a named pipe is read like a file', async () => {
  const pipe = join(home, 'pipe.csv');
  execFileSync('mkfifo', [pipe]);
  const found = find(pipe);
  createWriteStream(pipe).end(CSV);
  expect([found.name, await text(Readable.from(found.read()))]).toEqual(['pipe.csv', CSV]);
});

test('a file is found by its path', async () => {
  const path = join(home, 'a.csv');
  writeFileSync(path, CSV);
  expect([find(path).name, await textOf(path)]).toEqual(['a.csv', CSV]);
  expect(() => find(path, 20)).toThrow('more than');
});

const loop = join(home, 'loop');
symlinkSync(loop, loop);
const long = join(home, 'x'.repeat(300));

test.each([
  [join(home, 'none.csv'), `The file ${join(home, 'none.csv')} does not exist.`],
  [home, `${home} is not a file.`],
  ['/dev/null', '/dev/null is not a file.'],
  [loop, `${loop} is a link that points back to itself.`],
  [long, `${long} has a name that is too long.`],
])('%s is refused', (path, message) => {
  expect(() => find(path)).toThrow(message);
});

const program = new Program(loop, {
  BITRIX24_WEBHOOK_URL: 'http://127.0.0.1:1/rest/1/code/',
});

test.each([
  ['imports', []],
  ['status', ['1']],
  ['results', ['1']],
  ['pause', ['1']],
  ['backup', [join(home, 'copy.db')]],
  ['restore', [loop]],
  ['worker', []],
])('%s reports a DATA_DIR that it cannot open', async (command, argv) => {
  const { code, stdout, stderr } = await program.call(command, ...argv);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`error: ${loop}`);
  expect(stderr).toContain('is a link that points back to itself.');
});
