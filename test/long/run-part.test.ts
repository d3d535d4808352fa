import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runPart } from './run-part.ts';

const NEVER = new AbortController().signal;
const shell = (script: string, limitSeconds = 90) => ({
  name: 'a part',
  command: ['sh', '-c', script] as const,
  limitSeconds,
});

test.each([
  ['passes when it ends with 0', 'echo well; exit 0', undefined, 'well\n'],
  ['fails with its code', 'echo badly >&2; exit 3', 'ended with 3', 'badly\n'],
  ['fails with its signal', 'kill -TERM $$', 'ended with SIGTERM', ''],
])('a part %s', async (_, script, failure, output) => {
  expect(await runPart(shell(script), NEVER)).toMatchObject({ failure, output });
});

test('a part that does not exist fails', async () => {
  const part = { ...shell(''), command: ['/no/such/program'] as const };
  const { failure } = await runPart(part, NEVER);
  expect(failure).toContain('ENOENT');
});

test('a part gets additional environment variables', async () => {
  const part = { ...shell('echo $FC_RUNS'), environment: { FC_RUNS: '7' } };
  expect(await runPart(part, NEVER)).toMatchObject({ output: '7\n' });
});

/** Starts a process in its own session, like a server that outlives its parent. */
const NESTING = `
  const { pid } = require('node:child_process').spawn('sleep', ['1000'], { detached: true });
  require('node:fs').writeFileSync(process.argv[1] + '.new', String(pid));
  require('node:fs').renameSync(process.argv[1] + '.new', process.argv[1]);
`;

test.each([
  ['its time limit is exceeded', 'killed after 5 s', 5],
  ['the long checks are interrupted', 'interrupted', 90],
])('when %s, a part and its child processes are killed', async (_, failure, limitSeconds) => {
  const folder = mkdtempSync(join(tmpdir(), 'run-part-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'pid');
  const command = [process.execPath, '-e', NESTING, file] as const;
  const signal = failure === 'interrupted' ? abortWhen(() => existsSync(file)) : NEVER;
  expect(await runPart({ name: 'a part', command, limitSeconds }, signal)).toMatchObject({
    failure,
  });
  const pid = Number(readFileSync(file, 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

/** @returns a signal that aborts when the condition is true */
function abortWhen(condition: () => boolean): AbortSignal {
  const abort = new AbortController();
  const timer = setInterval(() => {
    if (!condition()) return;
    clearInterval(timer);
    abort.abort();
  }, 10);
  return abort.signal;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
