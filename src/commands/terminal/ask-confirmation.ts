import { createInterface } from 'node:readline/promises';
import { problem } from '../../messages/problems.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks a question before something is removed.
 *
 * @param command that asks, for the error
 * @throws Problem when there is no terminal to ask on
 */
export async function confirm(
  { stdin, stdout }: Terminal,
  command: string,
  question: string,
): Promise<boolean> {
  if (!stdin.isTTY) {
    throw problem('not_confirmed', { command });
  }
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
