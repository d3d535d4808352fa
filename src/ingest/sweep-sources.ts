import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, SYSTEM_CLOCK } from '../domain/time/clock.ts';

/** Age below which a file is kept, in milliseconds: its import may not be created yet. */
const YOUNG_MS = 3_600_000;
/** Names of stored files: the digest of the content; random during the upload. */
const DIGEST = /^[\da-f]{64}$/;
const UNFINISHED = /\.part$/;

export interface SweepResult {
  files: number;
  bytes: number;
  /** Number of files too young to be removed. */
  young: number;
}

/**
 * Removes stored files that no import uses, and what aborted uploads left. Files younger than an hour are
 * kept.
 *
 * @param isWanted returns whether an import uses the file of a digest
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
    // Read after `isWanted`: the file may have been uploaded again meanwhile.
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
