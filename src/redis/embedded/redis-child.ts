import { spawn } from 'node:child_process';
import { fstatSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { PRIVATE_FILE } from '../../platform/private-files.ts';

/** Name of the socket in the server's directory. */
export const SOCKET = 'redis.sock';
/** How the supervisor exits when no server is installed. */
export const NOT_INSTALLED = 'exit code 127';

/**
 * The server works in the directory itself, so that its own path to the socket is never long. Its
 * data outlives it and its owner, but a power cut can take the last second: the ledger has what
 * matters, and a wait for the disk at each command would delay every request.
 */
const SETTINGS = {
  port: '0',
  unixsocket: SOCKET,
  unixsocketperm: '700',
  dir: '.',
  appendonly: 'yes',
  appendfsync: 'everysec',
  'aof-load-truncated': 'yes',
  save: '',
  'maxmemory-policy': 'noeviction',
  daemonize: 'no',
  logfile: '',
};

/** Puts the path of a server into `$server`, or ends as {@link NOT_INSTALLED} says. */
export const FIND_SERVER =
  'server=$(command -v redis-server || command -v valkey-server) || exit 127';

/**
 * Becomes the server, and leaves a watcher that ends it when the pipe from the owner breaks: even
 * a killed owner leaves no server behind. Only the owner can read its files. A line on the pipe ends
 * the watcher instead. The C locale exists on every machine; Redis does not start with a missing one.
 */
const SUPERVISOR = `
  umask 077
  ${FIND_SERVER}
  (
    read -r line <&3 && exit
    kill "$$" || exit
    for second in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$$" || exit; done
    kill -9 "$$"
  ) >/dev/null 2>&1 &
  LC_ALL=C; export LC_ALL
  exec "$server" "$@" 3<&-
`;

/** Opens the log that the server appends to; `lastWords` leaves out what is older than this call. */
export function openLog(directory: string) {
  const path = join(directory, 'redis.log');
  const descriptor = openSync(path, 'a', PRIVATE_FILE);
  const start = fstatSync(descriptor).size;
  const lastWords = () =>
    readFileSync(path).subarray(start).toString().trimEnd().split('\n').slice(-6).join('\n');
  return { path, descriptor, lastWords };
}

/** @returns the server, and a promise of how it exited: a signal, an exit code, a failed spawn */
export function spawnServer(directory: string, log: number) {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', ...settings], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  const lifeline = child.stdio[3];
  if (!(lifeline instanceof Socket)) throw new Error('a pipe to a child process is not a socket');
  // A watcher that has ended before the line is written is no problem.
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
