import { finding, type SetUpFinding } from '../../messages/findings.ts';

const MEGABYTE = 1_000_000;
/** Below this an import of a hundred thousand rows may not fit. */
const FULL_BYTES = 100 * MEGABYTE;
const GIGABYTE = 1_000 * MEGABYTE;
const LOW_BYTES = GIGABYTE;

/** @param freeBytes bytes that this user may still use */
export function checkDisk(freeBytes: number): SetUpFinding {
  const megabytes = Math.floor(freeBytes / MEGABYTE);
  if (freeBytes < FULL_BYTES) return finding('disk_full', { megabytes });
  if (freeBytes < LOW_BYTES) return finding('disk_low', { megabytes });
  return finding('disk_roomy', { gigabytes: Math.floor(freeBytes / GIGABYTE) });
}
