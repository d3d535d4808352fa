import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../../src/domain/errors/problem.ts';
import { problem } from '../../../src/messages/problems.ts';
import { connectRedis } from '../../../src/redis/connection.ts';
import {
  findPrivateRedis,
  type PrivateRedis,
  type PrivateRedisOptions,
  startPrivateRedis,
} from '../../../src/redis/embedded/embedded-redis.ts';
import { explainStart } from '../../../src/redis/embedded/start-failure.ts';
import { COMPILE_CACHE } from '../../support/entry-points.ts';

const MODULE = new URL('../../../src/redis/embedded/embedded-redis.ts', import.meta.url).href;

let home: string;
let directory: string;
let releasers: (() => unknown)[];

beforeEach(() => {
  home = fs.mkdtempSync(join(tmpdir(), 'redis-'));
  directory = join(home, 'data/redis');
  releasers = [];
});

afterEach(async () => {
  for (const release of releasers.reverse()) await release();
  fs.rmSync(home, { recursive: true });
});

async function start(options: Partial<PrivateRedisOptions> = {}): Promise<PrivateRedis> {
  const redis = await startPrivateRedis({ directory, ...options });
  releasers.push(redis.close);
  return redis;
}

async function connect(redis: PrivateRedis) {
  const client = await connectRedis({ kind: 'socket', path: redis.socketPath });
  releasers.push(() => client.disconnect());
  return client;
}

/** Starts another process that starts a Redis in the directory, executes `then` and prints the Redis's process id. */
function otherProcess(then = 'process.stdin.resume()', env: Record<string, string> = {}) {
  const code = `
    import { startPrivateRedis } from '${MODULE}';
    const directory = ${JSON.stringify(directory)};
    try {
      const redis = await startPrivateRedis({ directory });
      ${then}
      console.log(redis.pid);
    } catch (error) {
      console.log(error.name, error.message, error.remedy);
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    env: { ...(env.PATH === undefined ? process.env : env), NODE_COMPILE_CACHE: COMPILE_CACHE },
  });
  releasers.push(() => child.kill('SIGKILL'));
  return child;
}

async function line(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  const [text] = await once(createInterface(child.stdout), 'line');
  return String(text);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    // A dead process whose parent does not wait for it still has an id.
    return !/\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // It can end between the two checks.
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  const timeout = AbortSignal.timeout(15_000);
  while (isRunning(pid)) {
    timeout.throwIfAborted();
    await pause(10);
  }
}

describe('a private Redis', () => {
  test('is accessible only to this user, writes an append-only file and evicts nothing', async () => {
    const redis = await start();
    expect(redis.socketPath).toBe(join(directory, 'redis.sock'));
    expect(fs.statSync(redis.socketPath).mode & 0o777).toBe(0o700);
    expect(fs.statSync(directory).mode & 0o777).toBe(0o700);
    const client = await connect(redis);
    const settings = ['port', 'appendonly', 'appendfsync', 'save', 'maxmemory-policy', 'dir'];
    const values = await Promise.all(settings.map((name) => client.config('GET', name)));
    expect(values).toEqual([
      ['port', '0'],
      ['appendonly', 'yes'],
      ['appendfsync', 'everysec'],
      ['save', ''],
      ['maxmemory-policy', 'noeviction'],
      ['dir', fs.realpathSync(directory)],
    ]);
  });

  test('keeps its data when closed, and leaves neither socket nor owner behind', async () => {
    const first = await start();
    await (await connect(first)).set('key', 'kept');
    await Promise.all([first.close(), first.close()]);
    await first.close();
    expect(isRunning(first.pid)).toBe(false);
    expect(fs.readdirSync(directory).sort()).toEqual(['appendonlydir', 'lock', 'redis.log']);
    expect(await (await connect(await start())).get('key')).toBe('kept');
  });

  test('is found by other processes while it runs', async () => {
    expect(await findPrivateRedis(directory)).toBeUndefined();
    const redis = await start();
    expect(await findPrivateRedis(directory)).toBe(redis.socketPath);
    await redis.close();
    expect(await findPrivateRedis(directory)).toBeUndefined();
  });

  test('works and is found when the path is too long for a socket', async () => {
    directory = join(home, 'x'.repeat(200), 'data/redis');
    const redis = await start();
    releasers.push(() => fs.rmSync(dirname(redis.socketPath)));
    expect(Buffer.byteLength(redis.socketPath)).toBeLessThan(104);
    expect(await findPrivateRedis(directory)).toBe(redis.socketPath);
    expect(await (await connect(redis)).ping()).toBe('PONG');
    expect(fs.existsSync(join(directory, 'redis.sock'))).toBe(true);
  });

  test('is killed when it does not end in time', async () => {
    const redis = await start({ maxWaitMs: 3_000 });
    process.kill(redis.pid, 'SIGSTOP');
    await redis.close();
    expect(isRunning(redis.pid)).toBe(false);
    expect(fs.existsSync(redis.socketPath)).toBe(false);
  });

  test('does not keep its owner running, closed or not, and ends with it', async () => {
    const closing = otherProcess('await redis.close()');
    await once(closing, 'exit');
    const child = otherProcess('');
    const exit = once(child, 'exit');
    await gone(Number(await line(child)));
    expect(await exit).toEqual([0, null]);
  });

  test('continues after Ctrl-C, so that its owner can close it', async () => {
    const child = otherProcess(`
      process.stdin.resume();
      process.on('SIGINT', async () => {
        const { findPrivateRedis } = await import('${MODULE}');
        console.log('found at', await findPrivateRedis(directory));
        await redis.close();
        process.exit();
      });`);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const pid = Number((await lines.next()).value);
    process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
    expect((await lines.next()).value).toBe(`found at ${join(directory, 'redis.sock')}`);
    await gone(pid);
  });
});

describe('one directory, one owner', () => {
  test('a second start reports the first one and a remedy', async () => {
    const child = otherProcess();
    await line(child);
    await expect(start()).rejects.toThrow(
      problem('redis_in_use', { folder: directory, pid: `${child.pid}` }),
    );
    expect(await findPrivateRedis(directory)).toBeDefined();
  });

  test('this also holds within one process, which can start again after closing', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(`in use by process ${process.pid}`);
    await first.close();
    await start();
  });

  test('exactly one of several simultaneous starts succeeds', async () => {
    for (let round = 0; round < 3; round++) {
      const children = Array.from({ length: 4 }, () => otherProcess());
      const lines = await Promise.all(children.map(line));
      const [winner, ...others] = lines.filter((text) => /^\d+$/.test(text));
      expect(others).toEqual([]);
      expect(lines.filter((text) => text.startsWith('Problem'))).toHaveLength(3);
      for (const child of children) child.kill('SIGKILL');
      await gone(Number(winner));
    }
  });
});

describe('after SIGKILL', () => {
  test('of the owner, its Redis ends', async () => {
    const child = otherProcess();
    const pid = Number(await line(child));
    expect(isRunning(pid)).toBe(true);
    child.kill('SIGKILL');
    await gone(pid);
  });

  test('of the owner, the next start waits for the old Redis and gets the data', async () => {
    const child = otherProcess();
    const pid = Number(await line(child));
    const client = await connectRedis({ kind: 'socket', path: join(directory, 'redis.sock') });
    await client.set('key', 'kept');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const redis = await start();
    client.disconnect();
    await gone(pid);
    expect(await (await connect(redis)).get('key')).toBe('kept');
  });

  test('of the owner, an old Redis that does not end is reported', async () => {
    const child = otherProcess();
    const pid = Number(await line(child));
    process.kill(pid, 'SIGSTOP');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect(start({ maxWaitMs: 50 })).rejects.toThrow(
      problem('redis_abandoned', { folder: directory, pid: `${pid}` }),
    );
    process.kill(pid, 'SIGCONT');
    await start();
  });

  test('of Redis, the owner gets an error and can restart with the data, also from a truncated file', async () => {
    const first = await start();
    await (await connect(first)).set('key', 'kept');
    process.kill(first.pid, 'SIGKILL');
    const problem = await first.ended;
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.message).toContain(`(process ${first.pid}) ended unexpectedly: SIGKILL`);
    await first.close();

    const log = join(directory, 'appendonlydir');
    const [increments] = fs.readdirSync(log).filter((name) => name.endsWith('.incr.aof'));
    fs.appendFileSync(
      join(log, increments ?? ''),
      '*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$9\r\nhalf a w',
    );
    const second = await start();
    expect(await (await connect(second)).get('key')).toBe('kept');
    await first.close();
    expect(await findPrivateRedis(directory)).toBeDefined();
  });
});

describe('a start that cannot succeed', () => {
  test('shows the end of the Redis log', async () => {
    fs.mkdirSync(directory, { recursive: true });
    fs.writeFileSync(join(directory, 'appendonlydir'), 'not a folder');
    const start = startPrivateRedis({ directory });
    await expect(start).rejects.toThrow(Problem);
    await expect(start).rejects.toThrow(/did not start: exit code 1\n.*appendonlydir/s);
    fs.rmSync(join(directory, 'appendonlydir'));
    expect(fs.readdirSync(directory).sort()).toEqual(['lock', 'redis.log']);
  });

  test.each(['Operation not permitted', 'Operation not supported', 'Function not implemented'])(
    'reports a folder on a network drive, which does not support sockets: %s',
    (refusal) => {
      const words = `7:M # Failed opening Unix socket: bind: ${refusal}`;
      const log = { path: '/mnt/data/redis/redis.log', lastWords: () => words };
      expect(explainStart('/mnt/data/redis', 'exit code 1', log)).toMatchObject({
        message: `/mnt/data/redis is on a network drive, or another that supports no sockets and locks (${refusal}).`,
        remedy: 'Set DATA_DIR to a folder on a local disk.',
      });
    },
  );

  test('reports a directory that cannot be used', async () => {
    fs.writeFileSync(join(home, 'data'), 'not a folder');
    await expect(start()).rejects.toThrow(Problem);
    await expect(start()).rejects.toThrow(`Cannot keep a Redis in ${directory}: `);
  });

  test('says what to install when neither Redis nor Valkey is installed', async () => {
    fs.mkdirSync(join(home, 'bin'));
    const child = otherProcess('', { PATH: join(home, 'bin') });
    expect(await line(child)).toMatch(
      /^Problem Neither .* apt-get install .* brew install .* REDIS_URL/,
    );
  });

  test('uses Valkey when Redis is not installed', async () => {
    const server = execFileSync('/bin/sh', [
      '-c',
      'command -v redis-server || command -v valkey-server',
    ]);
    fs.mkdirSync(join(home, 'bin'));
    fs.symlinkSync(server.toString().trim(), join(home, 'bin/valkey-server'));
    const child = otherProcess('', { PATH: join(home, 'bin') });
    expect(await line(child)).toMatch(/^\d+$/);
  });
});

test('repeated starts leave no listeners and no open files', async () => {
  const open = () => process.getActiveResourcesInfo().filter((name) => name !== 'Timeout').length;
  const signals = () => process.eventNames().map((name) => [name, process.listenerCount(name)]);
  await (await start()).close();
  const before = { open: open(), signals: signals() };
  for (let round = 0; round < 5; round++) await (await start()).close();
  expect({ open: open(), signals: signals() }).toEqual(before);
});
