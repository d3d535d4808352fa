import {
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Problem } from '../../src/domain/errors/problem.ts';
import { explainFileError } from '../../src/messages/file-error.ts';

const home = mkdtempSync(join(tmpdir(), 'file-error-'));
afterAll(() => rmSync(home, { recursive: true }));

/** @returns the error of the system */
function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing went wrong');
}

function explained(error: unknown): string {
  const problem = explainFileError(error);
  if (!(problem instanceof Problem)) throw new Error('no problem', { cause: error });
  expect(problem.remedy).toMatch(/^[A-Z].*\.$/);
  return problem.message;
}

const loop = join(home, 'loop');
symlinkSync(loop, loop);
const long = join(home, 'x'.repeat(300));

test.each<[code: string, act: () => unknown, message: string]>([
  ['ENOENT', () => readFileSync(join(home, 'a')), `${join(home, 'a')} does not exist.`],
  ['EISDIR', () => readFileSync(home), 'A file is a folder.'],
  ['ELOOP', () => openSync(loop, 'r'), `${loop} is a link that points back to itself.`],
  ['ENAMETOOLONG', () => openSync(long, 'r'), `${long} has a name that is too long.`],
  [
    'ENOTDIR',
    () => readdirSync('/dev/null'),
    '/dev/null does not exist: part of its path is a file, not a folder.',
  ],
  [
    'ENOSPC',
    () => writeSync(openSync('/dev/full', 'w'), 'x'),
    'A file cannot be written: the disk or this user’s quota is full.',
  ],
])('explains %s in one sentence', (code, act, message) => {
  const error = errorOf(act);
  expect(error).toMatchObject({ code });
  expect(explained(error)).toBe(message);
});

/** A system error that a test cannot cause, for example as root. */
const systemError = (code: string, syscall: string, path?: string) =>
  Object.assign(new Error(`${code}: …, ${syscall}`), { code, syscall, ...(path && { path }) });

test.each([
  ['EACCES', 'cannot be accessed by this user'],
  ['EPERM', 'cannot be accessed by this user'],
  ['EMFILE', 'too many files are open'],
  ['EIO', 'its disk or network drive is failing'],
  ['EROFS', 'read-only'],
  ['EDQUOT', 'quota is full'],
])('explains %s in one sentence as well', (code, words) => {
  const message = explained(systemError(code, 'open', '/srv/a.csv'));
  expect(message).toMatch(/^\/srv\/a\.csv [^\n]+\.$/);
  expect(message).toContain(words);
});

test.each([
  ['of a socket', systemError('EACCES', 'listen')],
  ['of a connection', systemError('ENOENT', 'connect', '/run/redis.sock')],
  ['of a process', systemError('ENOENT', 'spawn redis-server', 'redis-server')],
  ['of another code', systemError('EINVAL', 'open', 'a')],
  ['of our own', new TypeError('x')],
  ['that is none', 'text'],
])('returns an error %s unchanged', (_, error) => {
  expect(explainFileError(error)).toBe(error);
});
