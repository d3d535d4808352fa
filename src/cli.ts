#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { addFormatOptions } from './commands/format-options.ts';
import { addHouseCommands } from './commands/house-commands.ts';
import { addImportCommands } from './commands/import-commands.ts';
import { readConfig } from './config.ts';
import { Problem } from './domain/problem.ts';
import { VERSION } from './version.ts';

const { stdout, stderr } = process;
const print = (line: string): void => {
  stdout.write(`${line}\n`);
};

const port = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
};

const exit = (code: number): void => {
  process.exitCode = code;
};

/** BullMQ's blocking connection would wait for a lost Redis for ever, also after a failure. */
async function endingSoon(command: () => Promise<number>): Promise<void> {
  try {
    exit(await command());
  } finally {
    setTimeout(() => process.exit(), 1_000).unref();
  }
}

/** Loaded when they are asked for: what `serve` needs takes longer to load than all others do. */
const load = {
  check: () => import('./commands/check.ts'),
  demo: () => import('./commands/demo.ts'),
  run: () => import('./commands/run.ts'),
  sandbox: () => import('./commands/sandbox.ts'),
  serve: () => import('./commands/serve.ts'),
  worker: () => import('./commands/worker.ts'),
};

const program = new Command('bulk-invite')
  .description(
    'Invites the people of a CSV into Bitrix24 workgroups and records what became of each.',
  )
  .version(VERSION)
  .showHelpAfterError('       bulk-invite --help shows what there is.')
  .exitOverride();

addFormatOptions(
  program
    .command('run')
    .description('import FILE.csv, invite, wait, write the results; the same file again resumes')
    .argument('<FILE.csv>'),
)
  .option('--message <text>', 'invitation text for rows without one of their own')
  .option('--out <RESULTS.csv>', 'where the results go')
  .option('--json', 'print one JSON object to stdout at the end')
  .action(async (file, options) =>
    exit(await (await load.run()).run(readConfig(), file, options, process)),
  );

addFormatOptions(
  program
    .command('check')
    .description('say what would become of FILE.csv; nothing is sent to anybody')
    .argument('<FILE.csv>'),
)
  .option('--rejects <REJECTS.csv>', 'where the rows that cannot be invited go')
  .option('--json', 'print one JSON object to stdout')
  .action(async (file, options) =>
    exit(await (await load.check()).check(readConfig(), file, options, process)),
  );

addImportCommands(program, print);

program
  .command('serve')
  .description('serve the page and the API, and invite')
  .option('--no-worker', 'leave inviting to worker processes')
  .action((options) =>
    endingSoon(async () => (await load.serve()).serve(readConfig(), options, stdout)),
  );

program
  .command('worker')
  .description('work on imports that another process started')
  .action(() => endingSoon(async () => (await load.worker()).worker(readConfig())));

addHouseCommands(program, print, exit);

program
  .command('sandbox')
  .description('run a sandbox portal and print its webhook URL')
  .option('--port <number>', 'port to listen on; 0 takes a free one', port, 0)
  .action(async (options) => exit(await (await load.sandbox()).sandbox(options.port, stdout)));

program
  .command('demo')
  .description('do the main job on sample data against a sandbox portal')
  .option('--serve', 'go on with the page')
  .action(async (options) => exit(await (await load.demo()).demo(readConfig(), options, process)));

try {
  await program.parseAsync();
} catch (error) {
  exit(await report(error));
}

/** @returns the exit code */
async function report(thrown: unknown): Promise<number> {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 1;
  const { explainLedgerError } = await import('./ledger/database.ts');
  const error = explainLedgerError(thrown);
  if (error instanceof Problem) {
    stderr.write(`error: ${error.message}\n       ${error.remedy}\n`);
    return 1;
  }
  const text = error instanceof Error ? error.stack : String(error);
  stderr.write(`error: something unexpected happened; this is a bug, please report it.\n${text}\n`);
  return 1;
}
