import { isDiskFull } from '../../domain/errors/disk-full.ts';
import { cannotBeShared } from '../../domain/errors/network-drive.ts';
import { Problem } from '../../domain/errors/problem.ts';
import { NOT_INSTALLED } from './redis-child.ts';

/** What the server writes when the folder cannot hold its socket, as is the case on network drives. */
const NO_SOCKET =
  /opening Unix socket: bind: (Operation not (?:permitted|supported)|Function not implemented|Invalid argument)/;

/** What the server writes when the disk has no space for its file. */
const NO_SPACE = /No space left on device|Disk quota exceeded/;

const onNetworkDrive = (directory: string, said: string): Problem =>
  new Problem(
    `${directory} lies on a network drive, or another that holds no sockets and locks (${said}).`,
    'Set DATA_DIR to a folder on a local disk.',
  );

const onFullDisk = (directory: string, said: string, cause?: unknown): Problem =>
  new Problem(
    `Cannot keep a Redis in ${directory}: its disk, or what this user may have of it, is full (${said}).`,
    'Make room, or set DATA_DIR to a folder on another disk.',
    { cause },
  );

/** @returns why a private Redis cannot be kept in its folder, and what to do */
export function explainFolder(directory: string, error: Error): Problem {
  if (cannotBeShared(error)) return onNetworkDrive(directory, error.message);
  if (isDiskFull(error)) return onFullDisk(directory, error.message, error);
  return new Problem(
    `Cannot keep a Redis in ${directory}: ${error.message}`,
    'Make this folder writable, or set DATA_DIR to another one.',
    { cause: error },
  );
}

/**
 * @param directory of the private Redis
 * @param how the server ended
 * @param log what it wrote, and where
 * @returns why a private Redis did not start, and what to do
 */
export function explainStart(
  directory: string,
  how: string,
  log: { path: string; lastWords: () => string },
): Problem {
  if (how === NOT_INSTALLED) {
    return new Problem(
      'Neither redis-server nor valkey-server is installed.',
      'Install one (Debian, Ubuntu: sudo apt-get install redis-server; macOS: brew install redis), or set REDIS_URL to a Redis that runs.',
    );
  }
  const words = log.lastWords();
  const [, refusal] = NO_SOCKET.exec(words) ?? [];
  if (refusal !== undefined) return onNetworkDrive(directory, refusal);
  const [full] = NO_SPACE.exec(words) ?? [];
  if (full !== undefined) return onFullDisk(directory, full);
  return new Problem(
    `The private Redis in ${directory} did not start: ${how}\n${words}`,
    `Mend what its log ${log.path} complains about, or set REDIS_URL to a Redis that runs.`,
  );
}
