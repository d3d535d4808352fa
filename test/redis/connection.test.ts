import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { inspect } from 'node:util';
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../src/domain/errors/problem.ts';
import {
  type ConnectOptions,
  connectRedis,
  type RedisAddress,
} from '../../src/redis/connection.ts';
import { probeSocket, shortSocketPath } from '../../src/redis/embedded/unix-socket.ts';
import { checkEviction } from '../../src/redis/eviction.ts';
import { openRelay } from '../support/services/relay.ts';

let home: string;
let releasers: (() => unknown)[];

beforeEach(() => {
  home = fs.mkdtempSync(join(tmpdir(), 'redis-'));
  releasers = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const release of releasers.reverse()) await release();
  fs.rmSync(home, { recursive: true });
});

/** A TCP server; @param greet called for each client; @returns its port. */
async function listen(greet: (guest: Socket) => void = () => {}): Promise<number> {
  const guests: Socket[] = [];
  const server = createServer((guest) => {
    guests.push(guest);
    guest.on('error', () => {});
    greet(guest);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  releasers.push(() => {
    for (const guest of guests) guest.destroy();
    server.close();
  });
  return portOf(server);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function freePort(): Promise<number> {
  const port = await listen();
  await releasers.pop()?.();
  return port;
}

/** A real Redis; @returns how to end it, resolving when it has ended. */
const serve = (port: number, ...settings: string[]): Promise<() => Promise<void>> =>
  launch(['--port', String(port), '--save', '', ...settings]);

/** A Sentinel, which needs a file to write to. */
async function serveSentinel(port: number, ...settings: string[]): Promise<void> {
  const file = join(home, 'sentinel.conf');
  fs.writeFileSync(file, [`port ${port}`, ...settings, ''].join('\n'));
  await launch([file, '--sentinel']);
}

async function launch(argv: string[]): Promise<() => Promise<void>> {
  const child = spawn('redis-server', argv, {
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const end = async () => {
    child.kill('SIGKILL');
    await exit;
  };
  releasers.push(end);
  for await (const line of createInterface(child.stdout)) {
    if (/eady to accept connections|Sentinel ID is/.test(line)) break;
  }
  child.stdout.resume();
  return end;
}

async function connect(target: number | RedisAddress, options?: ConnectOptions): Promise<Redis> {
  const address: RedisAddress =
    typeof target === 'number' ? { kind: 'url', url: `redis://127.0.0.1:${target}` } : target;
  const redis = await connectRedis(address, options);
  releasers.push(() => redis.disconnect());
  return redis;
}

async function problemOf(url: string, options?: ConnectOptions): Promise<Problem> {
  const error = await connect({ kind: 'url', url }, options).catch((error: unknown) => error);
  if (!(error instanceof Problem)) throw new Error(`no problem, but ${inspect(error)}`);
  return error;
}

describe('a first connection', () => {
  test('works through a port and through a socket, under its name', async () => {
    const port = await freePort();
    const path = join(home, 'socket');
    await serve(port, '--unixsocket', path);
    const redis = await connect(port, { name: 'invites' });
    expect(await redis.client('GETNAME')).toBe('invites');
    expect(await (await connect({ kind: 'socket', path })).ping()).toBe('PONG');
  });

  test('to a port without a listener fails at once', async () => {
    const port = await freePort();
    const problem = await problemOf(`redis://127.0.0.1:${port}/0`);
    expect(problem.message).toBe(
      `Cannot connect to Redis at redis://127.0.0.1:${port}/0: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
    expect(problem.remedy).toContain('Start Redis there');
  });

  test('to a host with several addresses reports each failure', async () => {
    const port = await freePort();
    expect((await problemOf(`redis://localhost:${port}`)).message).toContain('ECONNREFUSED');
  });

  test('to an unknown host says so', async () => {
    const problem = await problemOf('redis://no-such-host.invalid');
    expect(problem.remedy).toBe('Correct the host name in REDIS_URL.');
  });

  test('to a missing socket fails at once', async () => {
    const address: RedisAddress = { kind: 'socket', path: join(home, 'nothing') };
    await expect(connect(address)).rejects.toThrow(`Redis at ${address.path}: connect ENOENT`);
  });

  test.each(['', 'wr%2Bong+%25@', ':wr%2Bong@', 'ann:wr%2Bong@'])(
    'with the wrong user or password %j says so and shows neither',
    async (user) => {
      const port = await freePort();
      await serve(port, '--requirepass', 'right');
      const problem = await problemOf(`redis://${user}127.0.0.1:${port}`);
      expect(problem.message).toMatch(/NOAUTH|WRONGPASS/);
      expect(problem.remedy).toContain('user and password');
      expect(inspect(problem, { depth: 9 })).not.toMatch(/wr(\+|%2B)ong/);
      expect((await connect({ kind: 'url', url: `redis://:right@127.0.0.1:${port}` })).status).toBe(
        'ready',
      );
    },
  );

  test('shows no password even if the server repeats it', async () => {
    const port = await listen((guest) =>
      guest.on('data', (data) =>
        guest.write(`-ERR unknown: ${data.toString().split('\r\n')[4]}\r\n`),
      ),
    );
    const problem = await problemOf(`redis://:s%2Bcret@127.0.0.1:${port}`);
    expect(problem.message).toContain('ERR unknown: ***');
    expect(inspect(problem, { depth: 9 })).not.toMatch(/s(\+|%2B)cret/);
  });

  test('to something that is not Redis says so', async () => {
    const port = await listen((guest) => guest.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const problem = await problemOf(`redis://127.0.0.1:${port}`);
    expect(problem.remedy).toContain('not Redis');
  });

  test('to a server that hangs up or does not answer fails in time', async () => {
    const rude = await listen((guest) => guest.end());
    expect((await problemOf(`redis://127.0.0.1:${rude}`)).message).toContain('closed');
    const silent = await listen();
    const problem = await problemOf(`redis://127.0.0.1:${silent}`, { maxWaitMs: 50 });
    expect(problem.message).toContain('no answer within 0.05 seconds');
  });

  test('with TLS to a Redis without it, or the other way round, says so', async () => {
    const plain = await freePort();
    await serve(plain);
    // Redis waits for the rest of what it reads as a command.
    const problem = await problemOf(`rediss://127.0.0.1:${plain}`, { maxWaitMs: 50 });
    expect(problem.remedy).toContain('else redis://');

    const secure = createTlsServer().listen(0, '127.0.0.1');
    await once(secure, 'listening');
    releasers.push(() => secure.close());
    expect((await problemOf(`redis://127.0.0.1:${portOf(secure)}`)).remedy).toContain('rediss://');
    const failed = await problemOf(`rediss://127.0.0.1:${portOf(secure)}`);
    expect(failed.remedy).toContain('NODE_EXTRA_CA_CERTS');
  });

  test.each([
    [[], 'unknown', '', /unknown: .*has no master of this name/, 'after the Sentinels'],
    [['requirepass right'], 'mymaster', '', /NOAUTH/, '?sentinel_password='],
    [['requirepass right'], 'mymaster', '?sentinel_password=wr0ng', /WRONGPASS/, '?sentinel_'],
  ])('to a Sentinel %j for %s%s says why', async (settings, master, query, why, remedy) => {
    const port = await freePort();
    await serveSentinel(port, ...settings);
    const problem = await problemOf(`redis+sentinel://:s3cret@127.0.0.1:${port}/${master}${query}`);
    expect(problem.message).toMatch(why);
    expect(problem.message).toContain(`127.0.0.1:${port}`);
    expect(problem.remedy).toContain(remedy);
    expect(inspect(problem, { depth: 9 })).not.toMatch(/s3cret|wr0ng/);
  });

  test('to missing Sentinels fails at once', async () => {
    const [one, two] = [await freePort(), await freePort()];
    const place = `127.0.0.1:${one},127.0.0.1:${two}/mymaster`;
    const problem = await problemOf(`redis+sentinel://${place}`);
    expect(problem.message).toContain(
      `redis+sentinel://${place}: the Sentinel 127.0.0.1:${one} returns`,
    );
    expect(problem.message).toContain(
      `; the Sentinel 127.0.0.1:${two} returns an error: connect ECONN`,
    );
    expect(problem.remedy).toContain('Correct the Sentinels in REDIS_URL');
  });

  test('to a database that does not exist fails, and does not use another one', async () => {
    const port = await freePort();
    await serve(port);
    const problem = await problemOf(`redis://127.0.0.1:${port}/99`);
    expect(problem.remedy).toContain('database number');
  });
});

describe('an established connection', () => {
  test('reconnects after its Redis was away, reports that, and loses no command', async () => {
    const port = await freePort();
    const end = await serve(port);
    const onError = vi.fn<(problem: Problem) => void>();
    const redis = await connect(port, { onError });
    await end();
    await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(expect.any(Problem)), 10_000);
    const answer = redis.set('key', 'value');
    await serve(port);
    expect(await answer).toBe('OK');
  });

  test('reconnects after its Redis stops answering, and loses no command', async () => {
    const port = await freePort();
    await serve(port);
    await using relay = await openRelay(port);
    const onError = vi.fn<(problem: Problem) => void>();
    const redis = await connect(relay.port, { onError, silenceMs: 200 });
    const listener = redis.duplicate();
    releasers.push(() => listener.disconnect());
    const lost = once(listener, 'error');
    const received = new Promise((resolve) => listener.once('message', (_, word) => resolve(word)));
    await listener.subscribe('news');
    relay.stall();
    const answer = redis.incr('key');
    await vi.waitFor(() => expect(onError).toHaveBeenCalled(), 10_000);
    await expect(lost).resolves.toEqual([expect.any(Error)]);
    expect(onError.mock.calls[0]?.[0]?.message).toMatch(
      /^Cannot connect to Redis at .*: no data received for 0.2 seconds$/,
    );
    relay.resume();
    expect(await answer).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await redis.publish('news', 'all well')).toBe(1), 10_000);
    expect(await received).toBe('all well');
  });

  test('does not wait for a Redis that does not answer when the program ends', async () => {
    const port = await freePort();
    await serve(port);
    await using relay = await openRelay(port);
    const end = new AbortController();
    const redis = await connect(relay.port, { ending: end.signal });
    const listener = redis.duplicate();
    releasers.push(() => listener.disconnect());
    await listener.subscribe('news');
    relay.stall();
    const probed = [redis.incr('key'), redis.duplicate().incr('key')];
    end.abort();
    const closed = 'Connection is closed';
    await Promise.all(probed.map((answer) => expect(answer).rejects.toThrow(closed)));
    await expect(redis.incr('key')).rejects.toThrow('Connection is closed');
  });

  test('keeps working with a Redis that answers when the program ends', async () => {
    const port = await freePort();
    await serve(port);
    const end = new AbortController();
    const redis = await connect(port, { ending: end.signal });
    const listener = redis.duplicate();
    releasers.push(() => listener.disconnect());
    await listener.subscribe('news');
    end.abort();
    await sleep(3_000);
    const received = once(listener, 'message');
    await redis.publish('news', 'all well');
    expect(await received).toEqual(['news', 'all well']);
  });

  test('does not crash the process when its errors have no listener', async () => {
    const port = await freePort();
    const end = await serve(port);
    const redis = await connect(port);
    const failure = once(redis, 'error');
    await end();
    await expect(failure).resolves.toEqual([expect.any(Error)]);
    await serve(port);
    expect(await redis.ping()).toBe('PONG');
  });

  test('works for BullMQ, and its workers continue after Redis was away', async () => {
    const port = await freePort();
    const settings = ['--appendonly', 'yes', '--appendfsync', 'always'];
    const end = await serve(port, ...settings);
    const connection = await connect(port);
    const done: unknown[] = [];
    const worker = new Worker('greetings', async (job) => done.push(job.data), { connection });
    const queue = new Queue('greetings', { connection });
    // Without listeners BullMQ writes failures of the connection to the console.
    worker.on('error', () => {});
    queue.on('error', () => {});
    const completed = () => new Promise((resolve) => worker.once('completed', resolve));
    await Promise.all([completed(), queue.add('greet', 1)]);
    const second = completed();
    const closed = once(connection, 'close');
    await Promise.all([closed, end()]);
    const added = queue.add('greet', 2);
    await serve(port, ...settings);
    await Promise.all([added, second]);
    expect(done).toEqual([1, 2]);
    await Promise.all([worker.close(), queue.close()]);
  });
});

describe('eviction', () => {
  test('leads to a warning', async () => {
    const port = await freePort();
    await serve(port, '--maxmemory-policy', 'allkeys-lru', '--rename-command', 'CONFIG', '');
    const warning = await checkEviction(await connect(port));
    expect(warning).toContain('maxmemory-policy is allkeys-lru');
  });

  test('leads to no warning with noeviction, or when Redis does not report the policy', async () => {
    const port = await freePort();
    await serve(port);
    const redis = await connect(port);
    expect(await checkEviction(redis)).toBeUndefined();
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await redis.acl('SETUSER', 'default', '-info');
    expect(await checkEviction(redis)).toBeUndefined();
  });

  test('leads to no warning on the console, and neither does a missing right', async () => {
    const port = await freePort();
    await serve(port, '--maxmemory-policy', 'allkeys-lru');
    const toConsole = vi.spyOn(console, 'warn');
    const connection = await connect(port);
    const queue = new Queue('greetings', { connection });
    await queue.waitUntilReady();
    await connection.acl('SETUSER', 'default', '-info');
    await connect(port);
    expect(toConsole.mock.calls).toEqual([]);
    toConsole.mockRestore();
    await queue.close();
  });
});

describe('an address', () => {
  test.each([
    ...['', 'localhost:6379', 'http://user:secret@host', 'redis://user:secret@ho st'],
    ...['redis://:p@secret@host', 'redis://:secret/x@host', 'redis://:secret%@host'],
  ])('%j is refused', async (url) => {
    const problem = await problemOf(url);
    expect(problem.remedy).toContain('redis://user:password@host:6379/0');
    expect(inspect(problem)).not.toContain('secret');
  });
});

describe('a socket', () => {
  test.each([
    ['+PONG\r\n', 'ready'],
    ['-LOADING Redis is loading the dataset in memory\r\n', 'loading'],
    ['220 mail.example.com\r\n', 'silent'],
  ])('with the answer %j is %s', async (greeting, answer) => {
    const path = join(home, 'socket');
    const server = createServer((guest) => guest.end(greeting)).listen(path);
    await once(server, 'listening');
    releasers.push(() => server.close());
    expect(await probeSocket(path)).toBe(answer);
  });

  test('is not listening when it is missing, or a file', async () => {
    expect(await probeSocket(join(home, 'missing'))).toBe('not_listening');
    fs.writeFileSync(join(home, 'file'), '');
    expect(await probeSocket(join(home, 'file'))).toBe('not_listening');
  });

  const long = `/${'x'.repeat(120)}/redis.sock`;

  test('with a long path gets a short one, the same each time', () => {
    vi.stubEnv('TMPDIR', home);
    const short = shortSocketPath(long);
    expect(short.length).toBeLessThan(104);
    expect(shortSocketPath(long)).toBe(short);
    expect(shortSocketPath(`/y${long}`)).not.toBe(short);
    expect(fs.readlinkSync(join(short, '..'))).toBe(`/${'x'.repeat(120)}`);
    expect(shortSocketPath('/short/redis.sock')).toBe('/short/redis.sock');
  });

  test('gets no short path that others could redirect, or that is too long itself', () => {
    vi.stubEnv('TMPDIR', home);
    const folder = join(home, `bulk-invite-${process.getuid?.()}`);
    fs.mkdirSync(join(home, 'elsewhere'));
    fs.symlinkSync(join(home, 'elsewhere'), folder);
    expect(() => shortSocketPath(long)).toThrow(Problem);
    fs.rmSync(folder);
    fs.mkdirSync(folder);
    fs.chmodSync(folder, 0o777);
    expect(() => shortSocketPath(long)).toThrow(Problem);
    vi.stubEnv('TMPDIR', join(home, 'x'.repeat(90)));
    expect(() => shortSocketPath(long)).toThrow('too long for a socket');
  });
});
