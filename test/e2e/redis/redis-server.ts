import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { freePort } from '../../support/services/free-port.ts';

/** An external Redis, separate from the program. */
export interface HarnessRedis extends AsyncDisposable {
  readonly url: string;
}

/** Becomes the server and starts a watcher that kills it when the pipe from this process closes. */
const SUPERVISOR = `
  server=$(command -v redis-server || command -v valkey-server) || exit 127
  (read -r ended <&3 || kill -9 "$$") >/dev/null 2>&1 &
  LC_ALL=C exec "$server" "$@" 3<&-
`;

/** Tries to find a free port: a cluster also listens 10,000 ports above, where connections of others can be. */
const TRIES = 5;

/**
 * Starts an external Redis on a free port.
 *
 * @param folder working directory
 * @param policy additional command line arguments
 */
export async function startHarnessRedis(
  folder: string,
  ...policy: string[]
): Promise<HarnessRedis> {
  for (let tries = 1; ; tries++) {
    try {
      return await startHarnessRedisAt(await freePort(), folder, ...policy);
    } catch (error) {
      if (tries === TRIES || !String(error).includes('Address already in use')) throw error;
    }
  }
}

/** Starts an external Redis on a given port. */
export async function startHarnessRedisAt(
  port: number,
  folder: string,
  ...policy: string[]
): Promise<HarnessRedis> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', ...policy];
  const server = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', ...settings], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
  });
  const lifeline = server.stdio[3];
  if (!(lifeline instanceof Socket)) throw new Error('a pipe to a child process is not a socket');
  const exited = once(server, 'exit').then(() => lifeline.end('ended\n'));
  let log = '';
  await new Promise<void>((resolve, reject) => {
    server.stdout?.setEncoding('utf8').on('data', (text) => {
      log += text;
      if (log.includes('Ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`redis-server ended:\n${log}`)));
    server.once('error', reject);
  });
  // A server that is still running does not keep the test process alive.
  for (const part of [server, lifeline, server.stdout]) {
    if (part !== null && 'unref' in part && typeof part.unref === 'function') part.unref();
  }
  return {
    url: `redis://127.0.0.1:${port}/0`,
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await exited;
    },
  };
}
