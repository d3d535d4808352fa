const SQLITE_BUSY = 5;

/** @returns whether SQLite says that somebody else has locked the database */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
