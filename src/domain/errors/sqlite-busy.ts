const SQLITE_BUSY = 5;

/** @returns whether SQLite reports that another connection has locked the database */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
