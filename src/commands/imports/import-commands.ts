import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../../config/config.ts';
import {
  isReason,
  OUTCOMES,
  type Outcome,
  REASONS,
  RETRIED_REASONS,
} from '../../domain/pairs/outcome.ts';
import { delimiter } from '../run/format-options.ts';
import { printTo, type Streams } from '../terminal/terminal.ts';

const outcome = (text: string): Outcome => {
  const found = OUTCOMES.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`It must be one of ${OUTCOMES.join(', ')}.`);
};

const reason = (text: string): string => {
  if (isReason(text)) return text;
  throw new InvalidArgumentError(`It must be one of ${REASONS.join(', ')}.`);
};

const loadControl = () => import('./control-commands.ts');

/** Adds the commands that show the imports of the ledger and control them. */
export function addImportCommands(
  program: Command,
  streams: Streams,
  config: () => Promise<Config>,
): void {
  program
    .command('imports')
    .description('list all imports')
    .action(async () =>
      (await import('./imports-command.ts')).imports(await config(), printTo(streams.stdout)),
    );

  program
    .command('status')
    .description('show one import')
    .argument('<ID>')
    .action(async (id) =>
      (await import('./status-command.ts')).status(await config(), id, streams),
    );

  program
    .command('results')
    .description('print an import’s results as CSV or as a workbook')
    .argument('<ID>')
    .option(
      '--outcome <outcome>',
      `only results with this outcome: ${OUTCOMES.join(', ')}`,
      outcome,
    )
    .option('--reason <reason>', 'only results with this reason, e.g. user_not_found', reason)
    .option(
      '--out <FILE>',
      'write to this file, .csv or .xlsx; redirection with > corrupts results in PowerShell 5',
    )
    .option('--force', 'replace FILE even if it is not a results file')
    .addOption(
      new Option('--format <format>', 'csv or xlsx; default: by the ending of FILE').choices([
        'csv',
        'xlsx',
      ]),
    )
    .option('--delimiter <character>', 'delimiter of the CSV: , ; | or tab', delimiter)
    .action(async (id, options) =>
      (await import('./results-command.ts')).results(await config(), id, options, streams),
    );

  program
    .command('pause')
    .description('pause an import; requests in flight are completed')
    .argument('<ID>')
    .action(async (id) => (await loadControl()).pause(await config(), id, streams));

  program
    .command('resume')
    .description('resume a paused import; retry a held one at once')
    .argument('<ID>')
    .action(async (id) => (await loadControl()).resume(await config(), id, streams));

  program
    .command('cancel')
    .description('cancel the pending pairs of an import')
    .argument('<ID>')
    .action(async (id) => (await loadControl()).cancel(await config(), id, streams));

  program
    .command('retry')
    .description('retry pairs of an import that another try can help, or those with one reason')
    .argument('<ID>')
    .addOption(
      new Option('--reason <reason>', 'only pairs with this reason').choices(RETRIED_REASONS),
    )
    .action(async (id, { reason }) =>
      (await loadControl()).retry(await config(), id, reason, streams),
    );
}
