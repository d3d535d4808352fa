import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectRedis, disconnectRedis } from '../../../src/redis/connection.ts';
import { claim } from '../../../src/redis/embedded/directory-lock.ts';
import { findPrivateRedis, startPrivateRedis } from '../../../src/redis/embedded/embedded-redis.ts';
import { sharePrivateRedis } from '../../../src/redis/embedded/shared-embedded-redis.ts';
import { explainFolder, explainStart } from '../../../src/redis/embedded/start-failure.ts';
import { shortSocketPath } from '../../../src/redis/embedded/unix-socket.ts';

let home: string;
let directory: string;
let releasers: (() => unknown)[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'redis-'));
  directory = join(home, 'redis');
  releasers = [];
});

afterEach(async () => {
  for (const release of releasers.reverse()) await release();
  rmSync(home, { recursive: true });
});

test('a folder in use is refused, with the process that uses it and what to do', () => {
  mkdirSync(directory);
  releasers.push(claim(directory));
  let found: unknown;
  try {
    claim(directory);
  } catch (error) {
    found = error;
  }
  expect(found).toMatchObject({
    message: `${directory} is in use by process ${process.pid}.`,
    remedy: expect.stringMatching(
      /^Bulk Invite works there; .*`serve`, upload the file on its page or by its API\.\nOr stop it \(kill \d+\), or set DATA_DIR/,
    ),
  });
});

/** The error that SQLite throws when a database may not grow. */
function sqliteFull(): Error {
  using database = new DatabaseSync(':memory:');
  database.exec('pragma max_page_count = 1');
  try {
    database.exec('create table a (b)');
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it is not full');
}

const failed = (fields: object) => Object.assign(new Error('it failed'), fields);

test.each<[what: string, error: Error, remedy: RegExp]>([
  ['a full disk', failed({ code: 'ENOSPC', syscall: 'open' }), /^Make room/],
  ['a quota that is used up', failed({ code: 'EDQUOT', syscall: 'mkdir' }), /^Make room/],
  ['SQLite without space', sqliteFull(), /^Make room/],
  ['SQLite without space for shared memory', failed({ errcode: 4_874 }), /^Make room/],
  ['a folder of another user', failed({ code: 'EACCES' }), /^Make this folder writable/],
  ['a network drive', failed({ errcode: 3_850 }), /^Set DATA_DIR to a folder on a local disk/],
])('a Redis cannot use its folder: %s', (_, error, remedy) => {
  const problem = explainFolder('/data/redis', error);
  expect(problem).toMatchObject({ remedy: expect.stringMatching(remedy) });
  expect(problem.message).toContain('/data/redis');
});

test('a Redis without space for its file reports a full disk', () => {
  const said = "Can't open or create append-only file appendonly.aof: No space left on device";
  const log = { path: '/data/redis/redis.log', lastWords: () => said };
  expect(explainStart('/data/redis', 'exit code 1', log).remedy).toMatch(/^Make room/);
});

async function share() {
  const shared = await sharePrivateRedis(
    directory,
    () => {},
    () => {},
  );
  releasers.push(() => shared.close());
  return shared;
}

async function connect(path: string) {
  const client = await connectRedis({ kind: 'socket', path });
  releasers.push(() => client.disconnect());
  return client;
}

describe('a shared Redis', () => {
  test('is started where none runs, and ends with the process that started it', async () => {
    const shared = await share();
    expect(await findPrivateRedis(directory)).toBe(shared.socketPath);
    await shared.close();
    expect(await findPrivateRedis(directory)).toBeUndefined();
  });

  test('is the one that runs, and that one keeps running', async () => {
    const server = await startPrivateRedis({ directory });
    releasers.push(server.close);
    const shared = await share();
    expect(shared.socketPath).toBe(server.socketPath);
    await shared.close();
    expect(await findPrivateRedis(directory)).toBe(server.socketPath);
  });

  test('continues with its data when the process that ran it has ended', async () => {
    const server = await startPrivateRedis({ directory });
    releasers.push(server.close);
    const shared = await share();
    const client = await connect(shared.socketPath);
    await client.set('color', 'green');
    await server.close();
    expect(await client.get('color')).toBe('green');
    await shared.close();
    expect(await findPrivateRedis(directory)).toBeUndefined();
  });

  test('is left to the process that runs it and restarts it', async () => {
    const server = await startPrivateRedis({ directory });
    releasers.push(server.close);
    await share();
    await server.close();
    await sleep(500);
    const again = await startPrivateRedis({ directory });
    releasers.push(again.close);
    await sleep(2_500);
    expect(await findPrivateRedis(directory)).toBe(again.socketPath);
  });

  test('waits while the process that ran it is ending', async () => {
    mkdirSync(directory);
    const release = claim(directory);
    const sharing = share();
    await sleep(600);
    release();
    const { socketPath } = await sharing;
    expect(await findPrivateRedis(directory)).toBe(socketPath);
  });

  test('accepts a connection that began before it was started', async () => {
    const path = shortSocketPath(join(directory, 'redis.sock'));
    const connecting = connectRedis({ kind: 'socket', path }, { tries: 60 });
    const client = await Promise.all([connecting, sleep(600).then(share)]).then(([first]) => first);
    releasers.push(() => client.disconnect());
    expect(await client.ping()).toBe('PONG');
  });

  test('can end while a connection is being closed', async () => {
    const server = await startPrivateRedis({ directory });
    releasers.push(server.close);
    const client = await connect(server.socketPath);
    process.kill(server.pid, 'SIGSTOP');
    const disconnecting = disconnectRedis(client);
    process.kill(server.pid, 'SIGKILL');
    await disconnecting;
    expect(client.status).toBe('end');
  });

  test('is the same for two processes that start at once', async () => {
    const [first, second] = await Promise.all([share(), share()]);
    expect(first?.socketPath).toBe(second?.socketPath);
    const client = await connect(first.socketPath);
    expect(await client.ping()).toBe('PONG');
  });
});
