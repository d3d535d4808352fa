import type { Command } from 'commander';
import { Problem } from '../../domain/errors/problem.ts';
import { typed } from '../../platform/invocation.ts';

const DASH = /^[\u2013\u2014\u2212]+(?=\p{L})/u;
const CURLY = /^[“”„‘’‚«]|[“”‘’»]$/;
const WHOLLY_CURLY = /^(?:[“”„]\S*[“”]|[‘’‚]\S*[‘’]|«\S*»)$/;

/**
 * Refuses arguments that a word processor or a chat has changed, and excess arguments.
 *
 * @param command the command to run, with its arguments parsed
 * @throws Problem
 */
export function checkArguments(command: Command): void {
  const { args } = command;
  const taken = command.registeredArguments.map((argument) => argument.name());
  const dashed = args.find((text) => DASH.test(text));
  if (dashed !== undefined) {
    throw new Problem(
      `${dashed} begins with a long dash, which word processors put in place of two hyphens.`,
      `Type ${dashed.replace(DASH, '--')} for an option, or ./${dashed} for a file.`,
    );
  }
  if (args.length <= taken.length) return;
  const curly = args.find((text) => CURLY.test(text));
  if (curly !== undefined) {
    throw new Problem(
      `${curly} has typographic quotes, which shells do not treat as quotes.`,
      "Type straight quotes, as in --message 'Welcome aboard!'",
    );
  }
  const given = args.join(', ');
  if (taken[0] === FILE) {
    throw new Problem(
      `${command.name()} takes one file at a time, but got ${args.length}: ${given}.`,
      'Run the command once for each file; put quotes around a name with spaces.',
    );
  }
  const most = taken.length === 1 ? 'one argument' : 'no arguments';
  throw new Problem(
    `${command.name()} takes ${most}, but got ${args.length}: ${given}.`,
    `For help, type: ${typed(`${command.name()} --help`)}`,
  );
}

/** Name of the argument for a CSV file. */
export const FILE = 'FILE.csv';

/**
 * Refuses a text in typographic quotes, which no shell removes. Accepts one with spaces: it must
 * have been in straight quotes as well, because no shell split it.
 *
 * @throws Problem
 */
export function refuseCurlyQuotes(text: string, option: string): void {
  if (!WHOLLY_CURLY.test(text)) return;
  throw new Problem(
    `The text of ${option} is in typographic quotes, which would be sent with it.`,
    `Type straight quotes, as in ${option} 'Welcome aboard!'; to send typographic quotes, set MESSAGE.`,
  );
}
