import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Adds the commands for the people that an import has invited. */
export function addOrderCommands(
  program: Command,
  terminal: Terminal,
  config: () => Promise<Config>,
  exit: (code: number) => void,
  message: (text: string) => string,
): void {
  program
    .command('undo')
    .description('withdraw the invitations of an import that are still pending')
    .argument('<ID>')
    .option('--yes', 'do not ask for the number')
    .action(async (id, options) =>
      exit(await (await import('./undo-command.ts')).undo(await config(), id, options, terminal)),
    );

  program
    .command('remind')
    .description('remind the people of an import whose invitations are still pending')
    .argument('<ID>')
    .requiredOption('--message <TEXT>', 'text of the reminder', message)
    .option('--yes', 'do not ask for the number')
    .action(async (id, options) =>
      exit(
        await (await import('./remind-command.ts')).remind(await config(), id, options, terminal),
      ),
    );
}
