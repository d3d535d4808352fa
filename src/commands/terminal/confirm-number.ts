import { createInterface } from 'node:readline/promises';
import { problem } from '../../messages/problems.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks for the number of what is going to change: a mere "yes" is typed without reading.
 *
 * @param command that asks, for the error
 * @returns whether the number was typed
 * @throws Problem when there is no terminal to ask on
 */
export async function confirmNumber(
  { stdin, stdout }: Terminal,
  command: string,
  question: string,
  number: number,
): Promise<boolean> {
  if (!stdin.isTTY) {
    throw problem('number_not_confirmed', { command });
  }
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    return (await lines.question(`${question} `)).replaceAll(/[\s,.]/g, '') === String(number);
  } finally {
    lines.close();
  }
}
