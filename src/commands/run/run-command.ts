import { openApp } from '../../app/open-app.ts';
import type { Config } from '../../config/config.ts';
import { requireWebhook } from '../../config/read-config.ts';
import type { Import } from '../../domain/imports/import.ts';
import { countByOutcome, countByReason, type Tally } from '../../domain/pairs/outcome.ts';
import { parseFormat } from '../../files/csv/csv-format.ts';
import { type FormatOptions, givenFormat } from '../../files/csv/given-format.ts';
import { checkPortal } from '../../invite/preflight.ts';
import { releaseHold } from '../../ledger/delivery/holds.ts';
import { setResultsDue } from '../../ledger/imports/import-store.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';
import { createLog } from '../../telemetry/log.ts';
import { emptyTextLines } from '../check/check-warnings.ts';
import { outcomeTable, sizeOf } from '../imports/outcome-table.ts';
import { defaultResultsPath, writeResults } from '../imports/results-command.ts';
import { switchedOffHint } from '../imports/switched-off-hint.ts';
import { requireWritable } from '../require-access.ts';
import { printTo, type Terminal } from '../terminal/terminal.ts';
import { describePortal } from './describe-portal.ts';
import { describeFormat } from './format-summary.ts';
import { prepareImport } from './prepare-import.ts';
import { ReadingLine } from './progress.ts';
import { readRemembered, rememberedLines } from './remembered-lines.ts';
import { findSourceFile } from './source-file.ts';
import { watchImport } from './watch-import.ts';

export interface RunOptions extends FormatOptions {
  message?: string;
  out?: string;
  force?: boolean;
  json?: boolean;
  /** `false`: do not use what was chosen for the same header before. */
  remembered?: boolean;
}

/**
 * Imports a file, invites, waits, and writes the results. The same file again resumes an unfinished
 * import.
 *
 * @returns the exit code: 0 all invited or skipped, 2 some rows failed, unknown or rejected, 130
 * interrupted
 * @throws Problem when it could not run
 */
export async function run(
  config: Config,
  file: string,
  options: RunOptions,
  terminal: Terminal,
): Promise<number> {
  const { stdout, stderr } = terminal;
  const webhook = requireWebhook(config);
  const source = findSourceFile(file, config, terminal);
  if (options.out !== undefined)
    requireWritable(options.out, '--out', { input: file, force: options.force });
  const say = printTo(options.json ? stderr : stdout);
  const log = createLog(config, { quiet: true, to: stderr });
  await using app = await openApp({ config, webhook, log, redis: 'own' });
  const { profile, warnings } = await checkPortal(app.client);
  const limits = await app.client.budget.readLimits();
  printTo(stderr)(describePortal(webhook.portal, { profile, limits }));
  for (const warning of [...app.warnings, ...warnings]) printTo(stderr)(`warning: ${warning}`);
  await releaseHold(app.db, webhook.portal);

  const message = options.message ?? config.message ?? null;
  const reading = new ReadingLine(stderr);
  const { found, resumed } = await prepareImport(app, config, source, {
    message,
    format: givenFormat(options),
    remembered: options.remembered ?? true,
    onProgress: (progress) => reading.show(progress),
    onWait: ({ id, fileName }) =>
      printTo(stderr)(
        `Another process is reading ${fileName} (import ${id}); waiting until it has finished.`,
      ),
  });
  reading.end();
  const rows = sizeOf(found);
  const verb = resumed ? 'Resuming import' : 'Import';
  say(`${verb} ${found.id} · ${found.fileName} → ${found.portal} · ${rows}`);
  const format = parseFormat(found.format);
  if (format !== undefined) say(describeFormat(format));
  for (const line of rememberedLines(await readRemembered(app.db, found.id))) say(line);
  for (const warning of emptyTextLines(found.emptyTexts)) printTo(stderr)(`warning: ${warning}`);

  if ((await watchImport(app, found.id, stderr)) === 'interrupted') {
    say('Interrupted. Nothing is lost: run the same command again to resume.');
    return 130;
  }
  const tallies = await readTallies(app.db, found.id);
  const path = options.out ?? defaultResultsPath(config, found);
  const written = await writeResults(app.db, found, config, path);
  await setResultsDue(app.db, found.id, false);
  const table = [outcomeTable(tallies, found), ...switchedOffHint(tallies)].join('\n');
  say(`\n${table}\n\nResults: ${path}`);
  if (options.json) stdout.write(`${JSON.stringify(summary(found, tallies, written))}\n`);
  return exitCode(tallies);
}

const summary = ({ id, rows, pairs }: Import, tallies: readonly Tally[], results: string) => ({
  importId: id,
  rows,
  pairs,
  outcomes: countByOutcome(tallies),
  reasons: countByReason(tallies),
  results,
});

/** @returns 0 when all rows were invited, skipped or duplicates of these, else 2 */
export function exitCode(tallies: readonly Tally[]): 0 | 2 {
  const { invited, skipped, duplicate, ...rest } = countByOutcome(tallies);
  return Object.values(rest).some((count) => count > 0) ? 2 : 0;
}
