import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, SYSTEM_CLOCK } from '../domain/time/clock.ts';

/** A file may have come whose import is not made yet. */
const YOUNG_MS = 3_600_000;
/** Named by what is in it, or, as long as it is coming, by chance. */
const DIGEST = /^[\da-f]{64}$/;
const UNFINISHED = /\.part$/;

/** What was removed. */
export interface SweepResult {
  files: number;
  bytes: number;
  /** How many were too young to be removed. */
  young: number;
}

/**
 * Removes the kept files that no import is made of, and what broken uploads left. One younger than
 * an hour stays.
 *
 * @param isWanted asked for each file's digest
 */
export async function sweepSources(
  dataDir: string,
  isWanted: (digest: string) => Promise<boolean>,
  clock: Clock = SYSTEM_CLOCK,
): Promise<SweepResult> {
  const folder = join(dataDir, 'sources');
  const swept = { files: 0, bytes: 0, young: 0 };
  for (const name of namesIn(folder)) {
    if (!DIGEST.test(name) && !UNFINISHED.test(name)) continue;
    const path = join(folder, name);
    if (DIGEST.test(name) && (await isWanted(name))) continue;
    // Looked at after that was asked: somebody may have handed it in again meanwhile.
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    if (clock.now() - found.mtimeMs < YOUNG_MS) {
      swept.young += 1;
      continue;
    }
    rmSync(path, { force: true });
    swept.files += 1;
    swept.bytes += found.size;
  }
  return swept;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
