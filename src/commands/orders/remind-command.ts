import type { Config } from '../../config/config.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { carryOutOrder } from './order-command.ts';

/** Reminds the people of an import whose invitations are still pending. @returns the exit code */
export const remind = (
  config: Config,
  id: string,
  { yes, message }: { yes?: boolean; message: string },
  terminal: Terminal,
): Promise<number> =>
  carryOutOrder(
    config,
    id,
    {
      ...{ kind: 'remind', command: 'remind' },
      question: (number) => `Type ${number} to remind these people:`,
      nothing: 'No one was reminded.',
    },
    { ...(yes && { yes }), reminder: { message, everyDays: config.remindEveryDays } },
    terminal,
  );
