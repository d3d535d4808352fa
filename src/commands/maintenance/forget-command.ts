import { statSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import type { Person } from '../../domain/pairs/person.ts';
import { sweepSources } from '../../ingest/sweep-sources.ts';
import { openExistingLedger } from '../../ledger/db/find-ledger.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { hasImportOf } from '../../ledger/imports/imports-of-file.ts';
import type { Obstacle } from '../../ledger/people/forget-rows.ts';
import { overwriteDeleted } from '../../ledger/people/overwrite-deleted.ts';
import { problem } from '../../messages/problems.ts';
import { type Forgotten, forgetInImport, importsOfPerson } from '../../records/forget-person.ts';
import { forgetTable } from '../../records/forget-table.ts';
import { oldRejects } from '../check/check-rejects.ts';
import { requireImport } from '../imports/find-import.ts';
import { defaultResultsPath, writeResults } from '../imports/results-command.ts';
import { confirm } from '../terminal/ask-confirmation.ts';
import { counted } from '../terminal/plural.ts';
import { printTo, type Terminal } from '../terminal/terminal.ts';
import { describePerson, requirePerson } from './person-argument.ts';

/** The last date there is. */
const END_OF_TIME = new Date(8.64e15);

const WHY: Readonly<Record<Obstacle, string>> = {
  reading: 'its file is being read',
  running: 'it is running',
  in_flight: 'a request with this person has no known outcome yet',
};

/**
 * Removes a person from all imports, stored files and results of this ledger.
 *
 * @param user an id or an e-mail address
 * @returns the exit code: 0 done, or nothing to do; 1 when the user declines
 * @throws Problem when an import with the person is in progress; nothing is removed then
 */
export async function forget(
  config: Config,
  user: string,
  { yes = false }: { yes?: boolean },
  terminal: Terminal,
): Promise<number> {
  const print = printTo(terminal.stdout);
  await using db = await openExistingLedger(config);
  const person = await requirePerson(db, user);
  const imports = await importsOfPerson(db, person);
  refuseInProgress(imports);
  for (const { found, rows } of imports) {
    const { id, fileName } = found;
    print(`Import ${id} · ${fileName} · ${describe(rows.pairs.length, rows.issues.length)}`);
  }
  const question = `Remove all data about ${describePerson(person)}?`;
  const rejects = oldRejects(config, END_OF_TIME);
  if (
    imports.length + rejects.length > 0 &&
    !yes &&
    !(await confirm(terminal, 'forget', question))
  ) {
    print('Nothing was removed.');
    return 1;
  }
  await overwriteDeleted(db);
  let removed = 0;
  for (const { found } of imports) {
    const done = await forgetInImport(db, config.dataDir, found, person);
    if (typeof done === 'string') throw inProgress([{ found, obstacle: done }]);
    print(`Import ${found.id}: ${report(done)}${await renewResults(db, config, found.id)}`);
    removed++;
  }
  removed += await forgetRejects(rejects, person, print);
  await sweepSources(config.dataDir, (digest) => hasImportOf(db, digest));
  print(
    removed === 0
      ? `Nothing is stored about ${describePerson(person)}.`
      : 'Backups, files that were written elsewhere, and the portal keep their data.',
  );
  return 0;
}

type InProgress = { found: { id: number; fileName: string }; obstacle: Obstacle | undefined };

function refuseInProgress(imports: readonly InProgress[]): void {
  const blocked = imports.filter(({ obstacle }) => obstacle !== undefined);
  if (blocked.length > 0) throw inProgress(blocked);
}

const inProgress = (blocked: readonly InProgress[]) =>
  problem('forget_blocked', {
    imports: blocked
      .map(({ found: { id, fileName }, obstacle }) => {
        return `import ${id} · ${fileName}: ${WHY[obstacle ?? 'running']}`;
      })
      .join('; '),
  });

const describe = (pairs: number, issues: number): string =>
  `${counted(pairs, 'invitation')}, ${counted(issues, 'rejected or repeated row')}`;

const SOURCES = {
  same: '',
  rewritten: '; stored file rewritten',
  dropped:
    '; stored file deleted as a whole, because it is no CSV or cannot be read: results lack its columns',
} as const;

const report = ({ pairs, issues, source }: Forgotten): string =>
  `${describe(pairs, issues)} removed${SOURCES[source]}`;

/** Writes the results in the default place again. @returns what to report */
async function renewResults(db: Db, config: Config, importId: number): Promise<string> {
  const found = await requireImport(db, String(importId));
  const path = defaultResultsPath(config, found);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return '';
  await writeResults(db, found, config, path);
  return '; results rewritten';
}

/** Removes the person from the rejected rows that `check` wrote. @returns the number of files */
async function forgetRejects(
  paths: readonly string[],
  person: Person,
  print: (line: string) => void,
): Promise<number> {
  let files = 0;
  for (const path of paths) {
    const change = await forgetTable(path, person);
    if (change === 'same') continue;
    files++;
    print(`${path} ${change === 'deleted' ? 'deleted, because it cannot be read' : 'rewritten'}`);
  }
  return files;
}
