import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readOwner } from '../../src/redis/embedded/directory-lock.ts';
import { findPrivateRedis } from '../../src/redis/embedded/embedded-redis.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { CLI } from '../support/entry-points.ts';
import { freePort } from '../support/services/free-port.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let home: string;
let portal: Sandbox;
let port: number;
let started: ChildProcess | undefined;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'bulk-invite-ends-'));
  portal = await startSandbox();
  port = await freePort();
});

afterEach(async () => {
  // The whole process group: child processes can outlive their parent.
  if (started?.pid !== undefined) {
    try {
      process.kill(-started.pid, 'SIGKILL');
    } catch {
      // All processes have ended.
    }
  }
  started = undefined;
  await portal.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

function start(
  command: string,
  argv: string[],
  stdio: ('ignore' | 'pipe' | number)[],
): ChildProcess {
  const env = {
    PATH: process.env.PATH,
    DATA_DIR: join(home, 'data'),
    BITRIX24_WEBHOOK_URL: portal.webhookUrl,
    PORT: String(port),
  };
  started = spawn(command, argv, { cwd: ROOT, env, stdio: ['ignore', ...stdio], detached: true });
  return started;
}

const answers = async (): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined))?.ok === true;
const redisRuns = async (): Promise<boolean> =>
  (await findPrivateRedis(join(home, 'data/redis'))) !== undefined;
const until = (wanted: () => Promise<boolean>) => vi.waitUntil(wanted, { timeout: 90_000 });
const allGone = async () => !(await answers()) && !(await redisRuns());

test.each<[NodeJS.Signals, unknown]>([
  ['SIGTERM', [0, null]],
  ['SIGKILL', [null, 'SIGKILL']],
])('%s to npm ends the program and its Redis', async (signal, ended) => {
  const npm = start('npm', ['run', '-s', 'bulk-invite', '--', 'serve'], ['ignore', 'ignore']);
  await until(answers);
  expect(await redisRuns()).toBe(true);
  npm.kill(signal);
  expect(await once(npm, 'exit')).toEqual(ended);
  await until(allGone);
});

test.each([
  ['ends', '', true],
  ['continues under nohup', 'nohup ', false],
])('a program whose parent shell is killed %s', async (_, before, isOver) => {
  const command = `${before}${process.execPath} ${CLI} serve; true`;
  const shell = start('/bin/sh', ['-c', command], ['ignore', 'ignore']);
  await until(answers);
  shell.kill('SIGKILL');
  await once(shell, 'exit');
  if (!isOver) {
    expect(await answers()).toBe(true);
    process.kill(Number(readOwner(join(home, 'data/redis')).holder), 'SIGTERM');
  }
  await until(allGone);
});

test('serve continues with stdout and stderr on a full disk, and ends with 0', async () => {
  const full = openSync('/dev/full', 'w');
  const server = start(process.execPath, [CLI, 'serve'], [full, full]);
  await until(answers);
  server.kill('SIGTERM');
  expect(await once(server, 'exit')).toEqual([0, null]);
});

test('serve continues after its terminal is closed, and ends with 0', async () => {
  const code = join(home, 'code');
  // In its own session it gets no SIGHUP; `script` holds the other side of the terminal.
  const command = `setsid sh -c '${process.execPath} ${CLI} serve; echo $? >${code}'`;
  const terminal = start('script', ['-qfc', command, '/dev/null'], ['ignore', 'ignore']);
  await until(answers);
  terminal.kill('SIGKILL');
  await once(terminal, 'exit');
  expect(await answers()).toBe(true);
  process.kill(Number(readOwner(join(home, 'data/redis')).holder), 'SIGTERM');
  await until(async () => existsSync(code) && readFileSync(code, 'utf8') !== '');
  expect(readFileSync(code, 'utf8')).toBe('0\n');
});

test.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
  'ends on SIGTERM as process 1',
  async () => {
    const isolated = ['--pid', '--fork', '--kill-child', '--mount-proc'];
    const argv = [...isolated, process.execPath, CLI, 'sandbox'];
    const outer = start('unshare', argv, ['pipe', 'ignore']);
    if (outer.stdout === null) throw new Error('no stdout');
    await once(outer.stdout, 'data');
    process.kill(childOf(outer.pid), 'SIGTERM');
    expect(await once(outer, 'exit')).toEqual([0, null]);
  },
);

const childOf = (pid: number | undefined): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());
