import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { problem } from '../../messages/problems.ts';

/** `not_listening`: no process listens there. `silent`: one does, and does not answer as Redis. */
export type PingResult = 'ready' | 'loading' | 'silent' | 'not_listening';

/** Sends a PING to a socket and waits for the answer, for a second at most. Never rejects. */
export function probeSocket(path: string): Promise<PingResult> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const settle = (answer: PingResult) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => settle('silent'));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      const reply = data.toString();
      settle(reply.startsWith('+PONG') ? 'ready' : /^-LOADING/.test(reply) ? 'loading' : 'silent');
    });
    socket.once('end', () => settle('silent'));
    socket.once('error', (error) => {
      const gone = /ECONNREFUSED|ENOENT|ENOTDIR|ENOTSOCK/.test(error.message);
      settle(gone ? 'not_listening' : 'silent');
    });
  });
}

/** macOS allows 103 bytes, Linux 107. */
const LONGEST_SOCKET_PATH = 103;

/**
 * The system refuses to connect to a long path. The target of a symbolic link does not count, so a
 * long one is reached through a link under the system's folder for temporary files.
 * @param path absolute
 * @returns the path, or another to the same socket that is short enough
 * @throws Problem when no safe short path can be made
 */
export function shortSocketPath(path: string): string {
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  const uid = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `bulk-invite-${uid}`);
  const hash = createHash('sha256').update(dirname(path)).digest('hex').slice(0, 16);
  const short = join(folder, hash, basename(path));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  // Every user can create files in /tmp: only a folder that no other user can write to is trusted.
  const trusted = found.isDirectory() && found.uid === uid && (found.mode & 0o022) === 0;
  if (!trusted || Buffer.byteLength(short) > LONGEST_SOCKET_PATH) {
    throw problem('socket_path', { path, folder });
  }
  try {
    symlinkSync(dirname(path), join(folder, hash));
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
  }
  return short;
}
