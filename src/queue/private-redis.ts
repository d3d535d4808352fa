import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../domain/problem.ts';
import { probeSocket, shortSocketPath } from './connection.ts';

export interface PrivateRedis {
  /** Where to connect: `{ kind: 'socket', path: socketPath }`. */
  readonly socketPath: string;
  /** Of the server. */
  readonly pid: number;
  /**
   * Ends the server with everything on disk, by force when that takes longer than the patience, and
   * resolves when it has ended. May be called again, and after an unexpected end.
   */
  close(): Promise<void>;
  /**
   * Resolves, with what to tell people, when the server has ended though nobody called close. The
   * directory is free by then: start again to go on with the same data.
   */
  readonly ended: Promise<Problem>;
}

export interface PrivateRedisOptions {
  /** For data, socket and log; created when missing. */
  directory: string;
  /**
   * How long to wait for each of these, in milliseconds: the end of a server whose owner was
   * killed, the first answer of a new one, the end of a closing one. @default 10_000
   */
  patienceMs?: number;
}

const SOCKET = 'redis.sock';
const OWNER = 'owner';
const SQLITE_BUSY = 5;
const NOT_INSTALLED = 'exit code 127';

/** The server works in the directory itself, so that its own path to the socket is never long. */
const SETTINGS = {
  port: '0',
  unixsocket: SOCKET,
  unixsocketperm: '700',
  dir: '.',
  appendonly: 'yes',
  appendfsync: 'always',
  'aof-load-truncated': 'yes',
  save: '',
  'maxmemory-policy': 'noeviction',
  daemonize: 'no',
  logfile: '',
};

/**
 * Becomes the server, and leaves a watcher that ends it when the pipe from the owner breaks: even
 * a killed owner leaves no server behind. A line on the pipe sends the watcher home instead. The
 * C locale is there on every machine; with one that is not, Redis does not start.
 */
const SUPERVISOR = `
  server=$(command -v redis-server || command -v valkey-server) || exit 127
  (
    read -r farewell <&3 && exit
    kill "$$" || exit
    for second in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$$" || exit; done
    kill -9 "$$"
  ) >/dev/null 2>&1 &
  LC_ALL=C; export LC_ALL
  exec "$server" "$@" 3<&-
`;

/**
 * Starts a Redis of our own that only this user can reach, and resolves when its data is loaded.
 * It outlives Ctrl-C, so that its owner can put things in order first, but never its owner. It
 * does not keep this process alive.
 * @throws Problem when neither Redis nor Valkey is installed, another process uses the directory,
 * or the server does not start
 */
export async function startPrivateRedis(options: PrivateRedisOptions): Promise<PrivateRedis> {
  const directory = resolve(options.directory);
  const patienceMs = options.patienceMs ?? 10_000;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const release = claim(directory);
    try {
      const socketPath = shortSocketPath(join(directory, SOCKET));
      await predecessorGone(directory, socketPath, patienceMs);
      return await launch({ directory, socketPath, patienceMs, release });
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    if (error instanceof Problem || !(error instanceof Error && 'code' in error)) throw error;
    throw new Problem(
      `Cannot keep a Redis in ${directory}: ${error.message}`,
      'Make this folder writable, or set DATA_DIR to another one.',
      { cause: error },
    );
  }
}

/**
 * @returns the path of the socket where the Redis of this directory answers, be it only that it is
 * still loading, so that another process may join; undefined when none runs
 * @throws Problem when the path is too long for a socket and no shorter one can be made
 */
export async function findPrivateRedis(directory: string): Promise<string | undefined> {
  const socketPath = shortSocketPath(join(resolve(directory), SOCKET));
  const answer = await probeSocket(socketPath);
  return answer === 'ready' || answer === 'loading' ? socketPath : undefined;
}

/**
 * Makes this process the only one that may run a server in the directory. The lock is SQLite's on
 * an empty database: the system itself gives it up when its holder dies, so no stale lock has to
 * be recognized and no reused process id can deceive.
 * @returns what gives the claim up, at the first call
 */
function claim(directory: string): () => void {
  const lock = new DatabaseSync(join(directory, 'lock'));
  try {
    lock.exec('BEGIN IMMEDIATE');
    sign(directory, readOwner(directory).server);
  } catch (error) {
    lock.close();
    const busy = error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
    if (!busy) throw error;
    const { holder } = readOwner(directory);
    throw new Problem(
      `${directory} is in use by ${holder ? `process ${holder}` : 'another process'}.`,
      `Stop it${holder ? ` (kill ${holder})` : ''}, or set DATA_DIR to another folder.`,
    );
  }
  return () => {
    if (!lock.isOpen) return;
    rmSync(join(directory, OWNER), { force: true });
    lock.close();
  };
}

/** For people, not for the lock: who holds the claim, and with which server. */
function sign(directory: string, server: number | string | undefined): void {
  writeFileSync(join(directory, OWNER), `${process.pid} ${server ?? ''}`);
}

function readOwner(directory: string): { holder: string | undefined; server: string | undefined } {
  const path = join(directory, OWNER);
  const [holder, server] = existsSync(path) ? readFileSync(path, 'utf8').split(' ') : [];
  return { holder, server };
}

/** Two servers on one append-only file would ruin it; one whose owner was killed needs a moment. */
async function predecessorGone(directory: string, socketPath: string, patienceMs: number) {
  const patience = AbortSignal.timeout(patienceMs);
  while ((await probeSocket(socketPath)) !== 'nobody') {
    if (patience.aborted) {
      const { server } = readOwner(directory);
      throw new Problem(
        `A Redis left behind${server ? ` (process ${server})` : ''} still runs in ${directory}.`,
        `Stop it${server ? ` (kill ${server})` : ''}, or set DATA_DIR to another folder.`,
      );
    }
    await pause(20);
  }
}

interface Launch {
  directory: string;
  socketPath: string;
  patienceMs: number;
  release: () => void;
}

async function launch(options: Launch): Promise<PrivateRedis> {
  const { directory, socketPath, patienceMs, release } = options;
  const log = openLog(directory);
  const { child, exited } = spawnServer(directory, log.descriptor);
  closeSync(log.descriptor);
  let end: string | undefined;
  const ended = exited.then((how) => {
    end = how;
    rmSync(join(directory, SOCKET), { force: true });
    release();
    return how;
  });

  let closing: Promise<void> | undefined;
  const stop = async () => {
    // Redis takes this as SHUTDOWN, and takes it even while it accepts no connections.
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(timer);
  };
  const close = () => {
    closing ??= stop();
    return closing;
  };

  const { pid } = child;
  if (pid !== undefined) {
    sign(directory, pid);
    if (await answers(socketPath, () => end === undefined, patienceMs)) {
      const unexpected = ended.then((how) => {
        if (closing) return new Promise<never>(() => {});
        return new Problem(
          `The private Redis (process ${pid}) ended unexpectedly: ${how}\n${log.lastWords()}`,
          `Start again; should it end again, its log ${log.path} says why.`,
        );
      });
      return { socketPath, pid, close, ended: unexpected };
    }
  }
  const how = end ?? `no answer within ${patienceMs / 1_000} seconds`;
  await close();
  if (how === NOT_INSTALLED) {
    throw new Problem(
      'Neither redis-server nor valkey-server is installed.',
      'Install one (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis), or set REDIS_URL to a Redis that runs.',
    );
  }
  throw new Problem(
    `The private Redis in ${directory} did not start: ${how}\n${log.lastWords()}`,
    `Mend what its log ${log.path} complains about, or set REDIS_URL to a Redis that runs.`,
  );
}

/** The server appends to it directly; what it says before this call is not among the last words. */
function openLog(directory: string) {
  const path = join(directory, 'redis.log');
  const descriptor = openSync(path, 'a', 0o600);
  const start = fstatSync(descriptor).size;
  const lastWords = () =>
    readFileSync(path).subarray(start).toString().trimEnd().split('\n').slice(-6).join('\n');
  return { path, descriptor, lastWords };
}

/** @returns the server, and a promise of how it exited: a signal, an exit code, a failed spawn */
function spawnServer(directory: string, log: number) {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', ...settings], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  const lifeline = child.stdio[3];
  if (!(lifeline instanceof Socket)) throw new Error('a pipe to a child process is not a socket');
  // A watcher that is gone before it is sent home is no trouble.
  lifeline.on('error', () => {});
  lifeline.unref();
  child.unref();
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      lifeline.end('\n', () => lifeline.destroy());
      resolve(signal ?? `exit code ${code}`);
    });
  });
  return { child, exited };
}

/** @returns false when the server has ended, or was silent for longer than the patience */
async function answers(socketPath: string, isRunning: () => boolean, patienceMs: number) {
  let patience = AbortSignal.timeout(patienceMs);
  while (isRunning() && !patience.aborted) {
    const answer = await probeSocket(socketPath);
    if (answer === 'ready') return isRunning();
    if (answer === 'loading') patience = AbortSignal.timeout(patienceMs);
    await pause(20);
  }
  return false;
}
