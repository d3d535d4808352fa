import type { Config } from '../../config/config.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { carryOutOrder } from './order-command.ts';

/** Withdraws the invitations of an import that are still pending. @returns the exit code */
export const undo = (
  config: Config,
  id: string,
  options: { yes?: boolean },
  terminal: Terminal,
): Promise<number> =>
  carryOutOrder(
    config,
    id,
    {
      ...{ kind: 'withdraw', command: 'undo' },
      question: (number) => `Type ${number} to withdraw these invitations:`,
      nothing: 'Nothing was withdrawn.',
    },
    options,
    terminal,
  );
