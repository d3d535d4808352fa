/**
 * SQLite's extended codes for what a network drive may not support, locks and shared memory: IOERR_RDLOCK,
 * UNLOCK, CHECKRESERVEDLOCK, LOCK, SHMOPEN, SHMLOCK, SHMMAP, MMAP, and PROTOCOL.
 */
const OF_NETWORK_DRIVES: ReadonlySet<number> = new Set([
  ...[2_314, 2_058, 3_594, 3_850, 4_618, 5_130, 5_386, 6_154],
  15,
]);

/** @returns whether SQLite failed at something that a network drive may not support */
export const cannotBeShared = (error: Error): boolean =>
  'errcode' in error && OF_NETWORK_DRIVES.has(Number(error.errcode));
