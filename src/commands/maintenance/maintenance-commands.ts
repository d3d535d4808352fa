import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '../../config/config.ts';
import { printTo, type Terminal } from '../terminal/terminal.ts';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** @example parseAge('90d') // 7776000000 */
export function parseAge(text: string): number {
  const [, count, unit = ''] = /^(\d{1,5})([dh])$/.exec(text) ?? [];
  const unitMs = UNITS[unit];
  if (count !== undefined && unitMs !== undefined) return Number(count) * unitMs;
  throw new InvalidArgumentError('It must be a number of days or hours, such as 90d or 12h.');
}

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
    .description('remove old imports that ended or were never started, and their stored files')
    .requiredOption(
      '--older-than <age>',
      'minimum time since their end or upload, such as 90d or 12h',
      parseAge,
    )
    .option('--yes', 'do not ask for confirmation')
    .action(async (options) =>
      exit(await (await import('./purge-command.ts')).purge(await config(), options, terminal)),
    );

  program
    .command('forget')
    .description('remove a person from all imports, stored files and results')
    .argument('<USER>', 'ID or e-mail address')
    .option('--yes', 'do not ask for confirmation')
    .action(async (user, options) =>
      exit(
        await (await import('./forget-command.ts')).forget(await config(), user, options, terminal),
      ),
    );

  program
    .command('export')
    .description('print everything that is stored about a person, as JSON')
    .argument('<USER>', 'ID or e-mail address')
    .action(async (user) =>
      (await import('./export-command.ts')).exportUser(await config(), user, terminal),
    );

  program
    .command('backup')
    .description('copy the ledger to FILE, even while other processes use it')
    .argument('<FILE>')
    .action(async (file) =>
      (await import('./backup-command.ts')).backup(await config(), file, print),
    );

  program
    .command('restore')
    .description('replace the ledger with a backup; no other process may use it')
    .argument('<FILE>')
    .action(async (file) =>
      (await import('./backup-command.ts')).restore(await config(), file, print),
    );
}
