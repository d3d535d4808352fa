import { rmSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Config } from '../config.ts';
import type { Import } from '../domain/import.ts';
import { Problem } from '../domain/problem.ts';
import { sweepSources } from '../ingest/sweep-sources.ts';
import { openExistingLedger } from '../ledger/find-ledger.ts';
import { hasImportOf } from '../ledger/imports-of-file.ts';
import { endedImports, purgeImport, purgeRemoved } from '../ledger/purge.ts';
import type { Db } from '../ledger/schema.ts';
import { counted } from './counted.ts';
import { defaultResultsPath } from './results.ts';
import { printTo, type Terminal } from './terminal.ts';

export interface PurgeOptions {
  /** In milliseconds: how long ago an import must have ended. */
  olderThan: number;
  /** Do not ask. */
  yes?: boolean;
}

/**
 * Removes imports that ended long ago, with the files that were kept for them.
 *
 * @returns the exit code: 0 done, or nothing to do; 1 when the person does not want it
 * @throws Problem when there is nobody to ask
 */
export async function purge(
  config: Config,
  { olderThan, yes = false }: PurgeOptions,
  terminal: Terminal,
): Promise<number> {
  const print = printTo(terminal.stdout);
  const endedBefore = new Date(Date.now() - olderThan);
  const db = await openExistingLedger(config);
  try {
    const ended = await endedImports(db, endedBefore);
    const when = endedBefore.toISOString().slice(0, 16).replace('T', ' ');
    print(`${describe(ended)} ended before ${when} UTC.`);
    if (ended.length > 0 && !yes && !(await isWanted(terminal))) {
      print('Nothing was removed.');
      return 1;
    }
    await remove(db, config, ended, endedBefore, print);
    return 0;
  } finally {
    await db.destroy();
  }
}

const describe = (imports: readonly Import[]): string =>
  imports.length === 0
    ? 'No import'
    : `${counted(imports.length, 'import')} of ${counted(sum(imports), 'row')}`;

const sum = (imports: readonly Import[]): number =>
  imports.reduce((total, { rows }) => total + rows, 0);

async function isWanted({ stdin, stdout }: Terminal): Promise<boolean> {
  if (!stdin.isTTY) {
    throw new Problem('Nobody is there to be asked.', 'Add --yes to remove without a question.');
  }
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    const question = 'Remove them with all that is known of their rows? [y/N] ';
    return /^y(es)?$/i.test((await lines.question(question)).trim());
  } finally {
    lines.close();
  }
}

async function remove(
  db: Db,
  config: Config,
  ended: readonly Import[],
  endedBefore: Date,
  say: (line: string) => void,
): Promise<void> {
  for (const found of ended) {
    const { id, fileName } = found;
    if (!(await purgeImport(db, id, endedBefore))) {
      say(`Import ${id} · ${fileName} stays: it was retried meanwhile.`);
      continue;
    }
    const results = removeFile(defaultResultsPath(config, found)) ? ', its results as well' : '';
    say(`Import ${id} · ${fileName} · ${counted(found.rows, 'row')} removed${results}`);
  }
  const removals = await purgeRemoved(db);
  if (removals > 0) say(`${counted(removals, 'removal')} that broke off completed`);
  const { files, bytes } = await sweepSources(config.dataDir, (digest) => hasImportOf(db, digest));
  if (files > 0) say(`${counted(files, 'kept file')} of ${counted(bytes, 'byte')} removed`);
}

/** @returns whether there was one */
function removeFile(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  rmSync(path, { force: true });
  return true;
}
