const FORBIDDEN = [
  'cannot be accessed by this user',
  'Check its owner and permissions, and those of the folders above it.',
] as const;
const FULL = [
  'cannot be written: the disk or this user’s quota is full',
  'Free disk space.',
] as const;
const TOO_MANY = [
  'cannot be opened: too many files are open',
  'Raise the limit (ulimit -n), or stop other programs.',
] as const;

/** What the system's codes mean for a file. */
export const FILE_ERRORS = {
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  ENOENT: ['does not exist', 'Check the path.'],
  ENOTDIR: ['does not exist: part of its path is a file, not a folder', 'Check the path.'],
  EISDIR: ['is a folder', 'Choose a file.'],
  ENAMETOOLONG: ['has a name that is too long', 'Shorten the name or the path.'],
  ELOOP: ['is a link that points back to itself', 'Name the file itself.'],
  EMFILE: TOO_MANY,
  ENFILE: TOO_MANY,
  EIO: [
    'cannot be read or written: its disk or network drive is failing',
    'Check the disk, or copy the file to another one.',
  ],
  ESTALE: ['is no longer on its network drive', 'Copy the file to a local disk.'],
  ENOSPC: FULL,
  EDQUOT: FULL,
  EROFS: ['is on a read-only disk', 'Choose a writable location.'],
  EBUSY: ['is in use by another program', 'Close it there.'],
  ENXIO: ['cannot be opened as a file', 'Choose a regular file.'],
} as const satisfies Record<string, readonly [does: string, remedy: string]>;
export type FileError = keyof typeof FILE_ERRORS;
