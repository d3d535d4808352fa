import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { visibleLine } from '../../domain/text/visible-text.ts';
import { explainFileError } from '../../messages/file-error.ts';
import { problem } from '../../messages/problems.ts';
import { typed } from '../../platform/invocation.ts';
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
 * @param path a file or a pipe; `-` is stdin, which no other part of `run` and `check` reads
 * @throws Problem when there is none, it cannot be read, or it is larger than allowed; when stdin is a terminal
 */
export function findSourceFile(
  path: string,
  { maxUploadBytes }: { readonly maxUploadBytes: number },
  terminal: Pick<Terminal, 'stdin'>,
): SourceFile {
  if (STDIN.has(path)) {
    if (terminal.stdin.isTTY) throw problem('stdin_terminal', { command: typed('run -') });
    return { name: 'stdin', read: () => terminal.stdin };
  }
  const found = stat(path);
  if (found === undefined) throw problem('source_missing', { path });
  if (!found.isFile() && !found.isFIFO()) {
    throw problem('source_no_file', { path });
  }
  if (found.size > maxUploadBytes)
    throw problem('file_too_large', { file: path, most: maxUploadBytes, unpacked: 0 });
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
