import { isDiskFull } from '../../domain/errors/disk-full.ts';
import { cannotBeShared } from '../../domain/errors/network-drive.ts';
import type { Problem } from '../../domain/errors/problem.ts';
import { problem } from '../../messages/problems.ts';
import { NOT_INSTALLED } from './redis-child.ts';

/** What the server writes when the folder cannot hold its socket, as is the case on network drives. */
const NO_SOCKET =
  /opening Unix socket: bind: (Operation not (?:permitted|supported)|Function not implemented|Invalid argument)/;

/** What the server writes when the disk has no space for its file. */
const NO_SPACE = /No space left on device|Disk quota exceeded/;

/** @returns why a private Redis cannot be kept in its folder, and what to do */
export function explainFolder(folder: string, cause: Error): Problem {
  const said = { folder, said: cause.message };
  if (cannotBeShared(cause)) return problem('redis_on_network_drive', said, { cause });
  return problem(isDiskFull(cause) ? 'redis_disk_full' : 'redis_folder', said, { cause });
}

/** @returns why a private Redis did not start, and what to do. @param how the server ended */
export function explainStart(
  folder: string,
  how: string,
  log: { path: string; lastWords: () => string },
): Problem {
  if (how === NOT_INSTALLED) return problem('redis_not_installed', {});
  const words = log.lastWords();
  const [, refusal] = NO_SOCKET.exec(words) ?? [];
  if (refusal !== undefined) return problem('redis_on_network_drive', { folder, said: refusal });
  const [full] = NO_SPACE.exec(words) ?? [];
  if (full !== undefined) return problem('redis_disk_full', { folder, said: full });
  return problem('redis_not_started', { folder, said: how, words, log: log.path });
}
