import { closeSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../domain/errors/problem.ts';
import { problem } from '../../messages/problems.ts';
import { makePrivateFolder } from '../../platform/private-files.ts';
import { claim, readOwner, sign } from './directory-lock.ts';
import { openLog, SOCKET, spawnServer } from './redis-child.ts';
import { explainFolder, explainStart } from './start-failure.ts';
import { probeSocket, shortSocketPath } from './unix-socket.ts';

export interface PrivateRedis {
  /** Where to connect: `{ kind: 'socket', path: socketPath }`. */
  readonly socketPath: string;
  /** Process id of the server. */
  readonly pid: number;
  /**
   * Ends the server with everything on disk, by force when that takes longer than the time limit, and
   * resolves when it has ended. Can be called again, and after an unexpected end.
   */
  close(): Promise<void>;
  /**
   * Resolves, with a problem to show, when the server has ended without a call of close. The directory
   * is free by then: start again to continue with the same data.
   */
  readonly ended: Promise<Problem>;
}

export interface PrivateRedisOptions {
  /** For data, socket and log; created when missing. */
  directory: string;
  /**
   * Longest wait for each of these, in milliseconds: the end of a server after its owner was
   * killed, the first answer of a new one, the end of a closing one. @default 10_000
   */
  maxWaitMs?: number;
}

/**
 * Starts a private Redis that only this user can reach, and resolves when its data is loaded.
 * It survives Ctrl-C, so that its owner can finish its work first, but never outlives its owner. It
 * does not keep this process alive.
 * @throws Problem when neither Redis nor Valkey is installed, another process uses the directory,
 * or the server does not start
 */
export async function startPrivateRedis(options: PrivateRedisOptions): Promise<PrivateRedis> {
  const directory = resolve(options.directory);
  const maxWaitMs = options.maxWaitMs ?? 10_000;
  try {
    makePrivateFolder(directory);
    const release = claim(directory);
    try {
      const socketPath = shortSocketPath(join(directory, SOCKET));
      await predecessorGone(directory, socketPath, maxWaitMs);
      return await launch({ directory, socketPath, maxWaitMs, release });
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    if (error instanceof Problem || !(error instanceof Error && 'code' in error)) throw error;
    throw explainFolder(directory, error);
  }
}

/**
 * @returns the path of the socket where the Redis of this directory answers, also while it is still
 * loading, so that another process can join; undefined when none runs
 * @throws Problem when the path is too long for a socket and no shorter one can be made
 */
export async function findPrivateRedis(directory: string): Promise<string | undefined> {
  const socketPath = shortSocketPath(join(resolve(directory), SOCKET));
  const answer = await probeSocket(socketPath);
  return answer === 'ready' || answer === 'loading' ? socketPath : undefined;
}

/** Two servers on one append-only file would corrupt it; after a killed owner one ends with a delay. */
async function predecessorGone(directory: string, socketPath: string, maxWaitMs: number) {
  const deadline = AbortSignal.timeout(maxWaitMs);
  while ((await probeSocket(socketPath)) !== 'not_listening') {
    if (deadline.aborted)
      throw problem('redis_abandoned', {
        folder: directory,
        pid: readOwner(directory).server ?? '',
      });
    await pause(20);
  }
}

interface Launch {
  directory: string;
  socketPath: string;
  maxWaitMs: number;
  release: () => void;
}

async function launch(options: Launch): Promise<PrivateRedis> {
  const { directory, socketPath, maxWaitMs, release } = options;
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
    // Redis treats this as SHUTDOWN, even while it accepts no connections.
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), maxWaitMs);
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
    if (await answers(socketPath, () => end === undefined, maxWaitMs)) {
      const unexpected = ended.then((how) => {
        if (closing) return new Promise<never>(() => {});
        return problem('redis_ended', { pid, said: how, words: log.lastWords(), log: log.path });
      });
      return { socketPath, pid, close, ended: unexpected };
    }
  }
  const how = end ?? `no answer within ${maxWaitMs / 1_000} seconds`;
  await close();
  throw explainStart(directory, how, log);
}

/** @returns false when the server has ended, or was silent for longer than the time limit */
async function answers(socketPath: string, isRunning: () => boolean, maxWaitMs: number) {
  let deadline = AbortSignal.timeout(maxWaitMs);
  while (isRunning() && !deadline.aborted) {
    const answer = await probeSocket(socketPath);
    if (answer === 'ready') return isRunning();
    if (answer === 'loading') deadline = AbortSignal.timeout(maxWaitMs);
    await pause(20);
  }
  return false;
}
