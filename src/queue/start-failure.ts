import { Problem } from '../domain/problem.ts';
import { NOT_INSTALLED } from './redis-child.ts';

/** What the server writes when the folder cannot hold its socket, as folders on other machines cannot. */
const NO_SOCKET =
  /opening Unix socket: bind: (Operation not (?:permitted|supported)|Function not implemented|Invalid argument)/;

/** @param said what cannot be done there */
export const onNetworkDrive = (directory: string, said: string): Problem =>
  new Problem(
    `${directory} lies on a network drive, or another that holds no sockets and locks (${said}).`,
    'Set DATA_DIR to a folder on a local disk.',
  );

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
  return new Problem(
    `The private Redis in ${directory} did not start: ${how}\n${words}`,
    `Mend what its log ${log.path} complains about, or set REDIS_URL to a Redis that runs.`,
  );
}
