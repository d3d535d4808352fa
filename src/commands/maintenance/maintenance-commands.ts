import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '../../config/config.ts';
import { printTo, type Terminal } from '../terminal/terminal.ts';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** @example parseAge('90d') // 7776000000 */
export function parseAge(text: string): number {
  const [, count, unit = ''] = /^(\d{1,5})([dh])$/.exec(text) ?? [];
  const unitMs = UNITS[unit];
  if (count !== undefined && unitMs !== undefined) return Number(count) * unitMs;
  throw new InvalidArgumentError('It must be days or hours, as 90d or 12h.');
}

/** Adds the maintenance commands. */
export function addMaintenanceCommands(
  program: Command,
  terminal: Terminal,
  config: () => Promise<Config>,
  exit: (code: number) => void,
): void {
  const print = printTo(terminal.stdout);
  program
    .command('login-link')
    .description('print a new login link for a server that runs without ADMIN_TOKEN')
    .action(async () => (await import('./login-link-command.ts')).loginLink(await config(), print));

  program
    .command('purge')
    .description(
      'remove imports that ended long ago or were never started, and what was kept for them',
    )
    .requiredOption(
      '--older-than <age>',
      'how long ago they ended or came, as 90d or 12h',
      parseAge,
    )
    .option('--yes', 'do not ask')
    .action(async (options) =>
      exit(await (await import('./purge-command.ts')).purge(await config(), options, terminal)),
    );

  program
    .command('backup')
    .description('copy the ledger into FILE, also while others work on it')
    .argument('<FILE>')
    .action(async (file) =>
      (await import('./backup-command.ts')).backup(await config(), file, print),
    );

  program
    .command('restore')
    .description('put a backup in the place of the ledger; nobody may work on it')
    .argument('<FILE>')
    .action(async (file) =>
      (await import('./backup-command.ts')).restore(await config(), file, print),
    );
}
