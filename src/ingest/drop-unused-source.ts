import { rmSync, statSync } from 'node:fs';
import { type Clock, SYSTEM_CLOCK } from '../domain/time/clock.ts';
import { isUndecided, pathOf } from './kept-source.ts';

/** A younger file may belong to an import of another process that is not created yet, in milliseconds. */
const YOUNG_MS = 60_000;

/**
 * Deletes a stored file that no import uses any more. One that was stored a moment ago stays until the next
 * `purge`.
 *
 * @param hasImport returns whether an import uses the file
 */
export async function dropUnusedSource(
  dataDir: string,
  digest: string,
  hasImport: () => Promise<boolean>,
  clock: Clock = SYSTEM_CLOCK,
): Promise<void> {
  if (await hasImport()) return;
  const path = pathOf(dataDir, digest);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || isUndecided(path) || clock.now() - found.mtimeMs < YOUNG_MS) return;
  rmSync(path, { force: true });
}
