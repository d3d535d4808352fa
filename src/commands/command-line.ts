import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Config } from '../config/config.ts';
import { Problem } from '../domain/errors/problem.ts';
import {
  countCharacters,
  isMessageTooLong,
  MAX_MESSAGE_CHARACTERS,
} from '../domain/imports/message.ts';
import { type GroupId, groupId } from '../domain/pairs/ids.ts';
import { visibleLines } from '../domain/text/visible-text.ts';
import { explainFileError } from '../messages/file-error.ts';
import { problem } from '../messages/problems.ts';
import { PROGRAM, typed } from '../platform/invocation.ts';
import { VERSION } from '../platform/version.ts';
import { addImportCommands } from './imports/import-commands.ts';
import { addMaintenanceCommands } from './maintenance/maintenance-commands.ts';
import { addOrderCommands } from './orders/order-commands.ts';
import { addFormatOptions } from './run/format-options.ts';
import { checkArguments, FILE, refuseCurlyQuotes } from './terminal/arguments.ts';
import type { Terminal } from './terminal/terminal.ts';
import { watchOutput } from './terminal/watch-output.ts';

const port = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
};

const message = (text: string): string => {
  refuseCurlyQuotes(text, '--message');
  if (!isMessageTooLong(text)) return text;
  // Not an InvalidArgumentError: commander would print the whole text.
  throw problem('message_long', {
    characters: countCharacters(text),
    most: MAX_MESSAGE_CHARACTERS,
  });
};

/** Whether a command line starts a process that runs until it is stopped. */
export const isService = ([command]: readonly string[]): boolean =>
  command === 'serve' || command === 'worker';
const group = (text: string): GroupId => {
  const id = groupId(Number(text));
  if (id !== undefined) return id;
  throw new InvalidArgumentError('It must be a group ID.');
};

/** Loaded on demand: `serve` needs more time to load than all other commands together. */
const load = {
  check: () => import('./check/check-command.ts'),
  demo: () => import('./services/demo-command.ts'),
  doctor: () => import('./maintenance/doctor-command.ts'),
  run: () => import('./run/run-command.ts'),
  sandbox: () => import('./services/sandbox-command.ts'),
  serve: () => import('./services/serve-command.ts'),
  worker: () => import('./services/worker-command.ts'),
};

/**
 * Runs a command line. Errors are written to stderr: a user's mistake as a sentence and what to do.
 *
 * @param argv without the names of Node.js and the script
 * @param dotenv file of settings that the environment overrides. @default `.env` in the working
 * directory
 * @returns the exit code
 */
export async function runCommandLine(
  argv: readonly string[],
  terminal: Terminal,
  dotenv?: string,
): Promise<number> {
  const { stdout, stderr } = terminal;
  const output = watchOutput(terminal);
  const config = async (): Promise<Config> => {
    const read = (await import('../config/read-config.ts')).readConfig(terminal.env, dotenv);
    if (read.authorities.length > 0) {
      (await import('../config/authorities.ts')).trustAuthorities(read.authorities);
    }
    for (const warning of read.warnings) stderr.write(`warning: ${warning}\n`);
    return read;
  };
  let exitCode = 0;
  const exit = (code: number): void => {
    exitCode = code;
  };

  const program = new Command(PROGRAM)
    .description(
      'Invites the people in a workbook or CSV file into Bitrix24 workgroups and records each outcome.',
    )
    .version(VERSION)
    .showHelpAfterError(`       For help, type: ${typed('--help')}`)
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(visibleLines(text)),
    })
    .exitOverride()
    // `checkArguments` reports them.
    .allowExcessArguments()
    .hook('preAction', (_, command) => checkArguments(command));

  addFormatOptions(
    program
      .command('run')
      .description('import FILE.csv, invite, wait and write the results; run it again to resume')
      .argument(`<${FILE}>`, '- reads from stdin'),
  )
    .option('--message <text>', 'invitation text for rows that have none', message)
    .option('--out <FILE>', 'file for the results, .csv or .xlsx')
    .option('--force', 'replace that file even if it is not a results file')
    .option('--json', 'print one JSON object to stdout at the end')
    .action(async (file, options) =>
      exit(await (await load.run()).run(await config(), file, options, terminal)),
    );

  addFormatOptions(
    program
      .command('check')
      .description('show what an import of FILE.csv would do; sends nothing')
      .argument(`<${FILE}>`, '- reads from stdin'),
  )
    .option('--message <text>', 'invitation text for rows that have none', message)
    .option('--rejects <REJECTS.csv>', 'file for the rejected rows')
    .option('--force', 'replace that file even if it is not a results file')
    .option('--json', 'print one JSON object to stdout')
    .action(async (file, options) =>
      exit(await (await load.check()).check(await config(), file, options, terminal)),
    );

  addImportCommands(program, terminal, config);
  addOrderCommands(program, terminal, config, exit, message);

  program
    .command('serve')
    .description('start the web page, the API and a worker')
    .option('--no-worker', 'start no worker; separate worker processes invite')
    .action(async (options) =>
      exit(await (await load.serve()).serve(await config(), options, stdout)),
    );

  program
    .command('worker')
    .description('start a worker for imports that other processes start')
    .action(async () => exit(await (await load.worker()).worker(await config())));

  addMaintenanceCommands(program, terminal, config, exit);

  program
    .command('doctor')
    .description('check the setup, from Node.js to the webhook, and suggest fixes')
    .option('--group <ID>', 'also check whether the webhook may invite into this group', group)
    .option('--json', 'print one JSON object to stdout')
    .action(async (options) => exit(await (await load.doctor()).doctor(options, terminal, dotenv)));

  program
    .command('sandbox')
    .description('run a sandbox portal and print its webhook URL')
    .option('--port <number>', 'port to listen on; 0 chooses a free one', port, 0)
    .option('--set <name=value...>', 'another kind of portal, such as isAdmin=true')
    .action(async ({ port, set = [] }) =>
      exit(await (await load.sandbox()).sandbox(port, set, stdout)),
    );

  program
    .command('demo')
    .description('import sample data into a sandbox portal')
    .option('--serve', 'start the web page afterwards')
    .action(async (options) =>
      exit(await (await load.demo()).demo(await config(), options, terminal)),
    );

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    exitCode = await report(error, stderr);
  }
  const isDone = exitCode === 0 || exitCode === 2;
  return isDone && !isService(argv) && (await output.isLost()) ? 1 : exitCode;
}

async function report(thrown: unknown, stderr: Terminal['stderr']): Promise<number> {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 1;
  const error = thrown instanceof Problem ? thrown : await explained(thrown);
  if (error instanceof Problem) {
    // The message can contain text from the portal, a file or the command line.
    const lines = [error.message, error.remedy].join('\n').split('\n');
    stderr.write(visibleLines(`error: ${lines.join('\n       ')}\n`));
    return 1;
  }
  const text = error instanceof Error ? error.stack : String(error);
  const bug = 'error: an unexpected error occurred. This is a bug; please report it.';
  stderr.write(visibleLines(`${bug}\n${text}\n`));
  return 1;
}

/** Explains errors of Redis, the ledger and files. The modules are loaded only after an error. */
async function explained(error: unknown): Promise<unknown> {
  const { explainRefusal } = await import('../redis/redis-refusal.ts');
  const { explainLedgerError } = await import('../ledger/db/database.ts');
  return explainRefusal(error)?.problem ?? explainFileError(explainLedgerError(error));
}
