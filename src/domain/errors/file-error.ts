import { Problem } from './problem.ts';

type Template = readonly [what: string, remedy: string];

const FORBIDDEN: Template = [
  'may not be used by this user',
  'Check its owner and permissions, and those of the folders above it.',
];
const MISSING: Template = ['is not there', 'Check the path.'];
const FULL: Template = [
  'has no room: the disk, or what this user may have of it, is full',
  'Make room.',
];
const TOO_MANY: Template = [
  'cannot be opened: too many files are open',
  'Raise the limit (ulimit -n), or end other programs.',
];

/** What the system's codes mean for a file. */
const TEMPLATES: Readonly<Record<string, Template>> = {
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  ENOENT: MISSING,
  ENOTDIR: ['is not there: a part of its path is a file, not a folder', 'Check the path.'],
  EISDIR: ['is a folder', 'There must be a file.'],
  ENAMETOOLONG: ['has too long a name', 'Shorten the name or the path.'],
  ELOOP: ['is a link that leads back to itself', 'Name the file itself.'],
  EMFILE: TOO_MANY,
  ENFILE: TOO_MANY,
  EIO: [
    'cannot be read or written: its disk or network drive fails',
    'Check the disk, or copy the file to another one.',
  ],
  ESTALE: ['lies on a network drive that has lost it', 'Copy the file to a local disk.'],
  ENOSPC: FULL,
  EDQUOT: FULL,
  EROFS: ['lies on a disk that is read-only', 'Name a place that can be written.'],
  EBUSY: ['is in use by another program', 'Close it there.'],
  ENXIO: ['cannot be opened as a file', 'Name a file.'],
};

/** System calls about files; calls about sockets and processes fail with the same codes. */
const FILE_CALLS =
  /^(open|read|write|writev|close|f?stat|lstat|access|mkdir|mkdtemp|rename|unlink|rm|rmdir|scandir|opendir|f?chmod|copyfile|fsync|fdatasync|f?truncate|f?utimes?|symlink|readlink|link)$/;

/**
 * @returns a Problem with one plain sentence for a system error about a file; any other error unchanged
 */
export function explainFileError(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
  const template = TEMPLATES[String(error.code)];
  if (template === undefined || !FILE_CALLS.test(String(error.syscall))) return error;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'A file';
  const [what, remedy] = template;
  return new Problem(`${path} ${what}.`, remedy, { cause: error });
}
