import { spawn } from 'node:child_process';
import { fstatSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { PRIVATE_FILE } from '../../platform/private-files.ts';

/** Name of the socket in the server's directory. */
export const SOCKET = 'redis.sock';
/** How the supervisor exits when there is no server to become. */
export const NOT_INSTALLED = 'exit code 127';

/**
 * The server works in the directory itself, so that its own path to the socket is never long. What
 * it was told outlives it and its owner, but a power cut may take the last second: the ledger knows
 * what matters, and a wait for the disk at each command would hold up every request.
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
 * a killed owner leaves no server behind. Its files are its owner's only. A line on the pipe sends the watcher home instead. The
 * C locale is there on every machine; with one that is not, Redis does not start.
 */
const SUPERVISOR = `
  umask 077
  ${FIND_SERVER}
  (
    read -r reply <&3 && exit
    kill "$$" || exit
    for second in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$$" || exit; done
    kill -9 "$$"
  ) >/dev/null 2>&1 &
  LC_ALL=C; export LC_ALL
  exec "$server" "$@" 3<&-
`;

/** The server appends to it directly; what it says before this call is not among the last words. */
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
