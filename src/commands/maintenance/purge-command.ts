import { rmSync, statSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import type { Import } from '../../domain/imports/import.ts';
import { sweepSources } from '../../ingest/sweep-sources.ts';
import { openExistingLedger } from '../../ledger/db/find-ledger.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { hasImportOf } from '../../ledger/imports/imports-of-file.ts';
import {
  purgeableImports,
  purgeImport,
  purgeNotices,
  purgeRemoved,
} from '../../ledger/imports/purge-imports.ts';
import { oldRejects } from '../check/check-rejects.ts';
import { defaultResultsPath } from '../imports/results-command.ts';
import { confirm } from '../terminal/ask-confirmation.ts';
import { counted } from '../terminal/plural.ts';
import { printTo, type Terminal } from '../terminal/terminal.ts';

const QUESTION = 'Remove them and all data about their rows?';

export interface PurgeOptions {
  /** Milliseconds since an import ended, or since the upload of one that was never started. */
  olderThan: number;
  /** Skip the confirmation. */
  yes?: boolean;
}

/**
 * Removes imports that ended long ago and drafts that were never started, with their stored files,
 * the rejects that `check` wrote, and older portal entries of the audit trail and notifications.
 *
 * @returns the exit code: 0 done, or nothing to do; 1 when the user declines
 * @throws Problem when there is no terminal to ask for confirmation
 */
export async function purge(
  config: Config,
  { olderThan, yes = false }: PurgeOptions,
  terminal: Terminal,
): Promise<number> {
  const print = printTo(terminal.stdout);
  const before = new Date(Date.now() - olderThan);
  await using db = await openExistingLedger(config);
  const old = await purgeableImports(db, before);
  const [drafts = [], ended = []] = [true, false].map((wanted) =>
    old.filter((found) => isDraft(found) === wanted),
  );
  const when = before.toISOString().slice(0, 16).replace('T', ' ');
  print(`${describe(ended)} ended before ${when} UTC.`);
  if (drafts.length > 0) {
    const were = drafts.length === 1 ? 'was' : 'were';
    print(`${describe(drafts)} ${were} uploaded before that and never started.`);
  }
  const rejects = oldRejects(config, before);
  if (rejects.length > 0) {
    const were = rejects.length === 1 ? 'was' : 'were';
    print(
      `${counted(rejects.length, 'file')} of rejected rows ${were} written by check before that.`,
    );
  }
  if (old.length + rejects.length > 0 && !yes && !(await confirm(terminal, 'purge', QUESTION))) {
    print('Nothing was removed.');
    return 1;
  }
  await remove(db, config, old, before, print);
  for (const path of rejects) {
    if (removeFile(path)) print(`${path} removed`);
  }
  return 0;
}

const isDraft = ({ startedAt, finishedAt }: Import): boolean =>
  startedAt === null && finishedAt === null;

const describe = (imports: readonly Import[]): string =>
  imports.length === 0
    ? 'No import'
    : `${counted(imports.length, 'import')} with ${counted(sum(imports), 'row')}`;

const sum = (imports: readonly Import[]): number =>
  imports.reduce((total, { rows }) => total + rows, 0);

async function remove(
  db: Db,
  config: Config,
  old: readonly Import[],
  before: Date,
  say: (line: string) => void,
): Promise<void> {
  for (const found of old) {
    const { id, fileName } = found;
    if (!(await purgeImport(db, id, before))) {
      say(`Import ${id} · ${fileName} is kept: it was started or retried in the meantime.`);
      continue;
    }
    const results = removeFile(defaultResultsPath(config, found)) ? ' with its results' : '';
    say(`Import ${id} · ${fileName} · ${counted(found.rows, 'row')} removed${results}`);
  }
  const purges = await purgeRemoved(db);
  if (purges > 0) say(`${counted(purges, 'interrupted removal')} completed`);
  const notices = await purgeNotices(db, before);
  if (notices > 0)
    say(
      `${counted(notices, 'entry', 'entries')} of the portal’s history and of notifications removed`,
    );
  const { files, bytes, young } = await sweepSources(config.dataDir, (digest) =>
    hasImportOf(db, digest),
  );
  if (files > 0) say(`${counted(files, 'stored file')} with ${counted(bytes, 'byte')} removed`);
  if (young > 0)
    say(`Kept for now: ${counted(young, 'file')} without an import, less than an hour old`);
}

/** @returns whether the file existed */
function removeFile(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  rmSync(path, { force: true });
  return true;
}
