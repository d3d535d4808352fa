import type { Command } from 'commander';
import { problem } from '../../messages/problems.ts';
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
    throw problem('argument_dash', { text: dashed, straight: dashed.replace(DASH, '--') });
  }
  if (args.length <= taken.length) return;
  const curly = args.find((text) => CURLY.test(text));
  if (curly !== undefined) {
    throw problem('argument_curly', { text: curly });
  }
  const said = { name: command.name(), count: args.length, given: args.join(', ') };
  if (taken[0] === FILE) {
    throw problem('argument_files', said);
  }
  throw problem('argument_count', {
    ...said,
    most: taken.length,
    command: typed(`${said.name} --help`),
  });
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
  throw problem('text_curly', { option });
}
