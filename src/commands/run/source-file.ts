import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { explainFileError } from '../../domain/errors/file-error.ts';
import { Problem } from '../../domain/errors/problem.ts';
import { visibleLine } from '../../domain/text/visible-text.ts';
import { tooLarge } from '../../files/text/too-large.ts';
import { requireReadable } from '../require-access.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The file that the user named, not read yet. */
export interface SourceFile {
  /** The name that results and lists show. */
  readonly name: string;
  /** Starts reading. Call it once: a pipe cannot be read again. */
  read(): AsyncIterable<Uint8Array>;
}

/** Names of stdin. Opening `/dev/stdin` by name does not work on every system. */
const STDIN = new Set(['-', '/dev/stdin']);

/**
 * @param path a file or a pipe; `-` is stdin
 * @throws Problem when there is none, it cannot be read, or it is larger than allowed
 */
export function findSourceFile(
  path: string,
  { maxUploadBytes }: { readonly maxUploadBytes: number },
  terminal: Pick<Terminal, 'stdin'>,
): SourceFile {
  if (STDIN.has(path)) return { name: 'stdin', read: () => terminal.stdin };
  const found = stat(path);
  if (found === undefined) throw new Problem(`The file ${path} does not exist.`, 'Check the path.');
  if (!found.isFile() && !found.isFIFO()) {
    throw new Problem(`${path} is not a file.`, 'Name a CSV file.');
  }
  if (found.size > maxUploadBytes) throw tooLarge(path, 'has', maxUploadBytes);
  requireReadable(path);
  return { name: visibleLine(basename(path)), read: () => createReadStream(path) };
}

function stat(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw explainFileError(error);
  }
}
