import { FILE_ERRORS, type FileError } from './en/terminal/file-errors-en.ts';
import { problem } from './problems.ts';

/** System calls about files; calls about sockets and processes fail with the same codes. */
const FILE_CALLS =
  /^(open|read|write|writev|close|f?stat|lstat|access|mkdir|mkdtemp|rename|unlink|rm|rmdir|scandir|opendir|f?chmod|copyfile|fsync|fdatasync|f?truncate|f?utimes?|symlink|readlink|link)$/;

const isKnown = (code: string): code is FileError => Object.hasOwn(FILE_ERRORS, code);

/** @returns the code of a system error about a file, if there are words for it */
export function fileErrorOf(error: unknown): FileError | undefined {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return undefined;
  const code = String(error.code);
  return isKnown(code) && FILE_CALLS.test(String(error.syscall)) ? code : undefined;
}

/**
 * @returns a Problem with one plain sentence for a system error about a file; any other error unchanged
 */
export function explainFileError(cause: unknown): unknown {
  const error = fileErrorOf(cause);
  if (error === undefined) return cause;
  const path = cause instanceof Error && 'path' in cause ? cause.path : '';
  return problem('file_error', { path: typeof path === 'string' ? path : '', error }, { cause });
}
