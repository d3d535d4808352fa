/** SQLITE_FULL, and SQLITE_IOERR_SHMSIZE about the shared memory, which is a file. */
const OF_SQLITE: ReadonlySet<unknown> = new Set([13, 4_874]);
const OF_THE_SYSTEM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/** @returns whether the system or SQLite reports that the disk, or the user's quota of it, is full */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && OF_THE_SYSTEM.has(error.code)) ||
    ('errcode' in error && OF_SQLITE.has(error.errcode)));
