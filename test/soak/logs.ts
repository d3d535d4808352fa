import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Summary of the processes' logs. */
export interface LogSummary {
  lines: number;
  /** Messages of warnings and errors with their counts, the most frequent first. */
  messages: [words: string, times: number][];
  /** Forbidden lines, one sentence each. */
  wrong: string[];
}

const WARN = 40;
const ERROR = 50;

/** @param secret text that no line may contain */
export async function readLogs(folder: string, secret: string): Promise<LogSummary> {
  const summary = { lines: 0, wrong: [] as string[] };
  const messages = new Map<string, number>();
  for (const name of readdirSync(folder)) {
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      summary.lines++;
      if (line.includes(secret)) summary.wrong.push(`${name} shows the webhook`);
      const entry = parse(line);
      if (entry.level >= ERROR) summary.wrong.push(`${name}: ${line}`);
      if (entry.level >= WARN) messages.set(entry.words, (messages.get(entry.words) ?? 0) + 1);
    }
  }
  const sorted = [...messages].toSorted(([, one], [, other]) => other - one);
  return { ...summary, messages: sorted };
}

function parse(line: string): { level: number; words: string } {
  // The line with the server's address; all other lines are JSON.
  if (!line.startsWith('{')) return { level: /error|bug/i.test(line) ? ERROR : 0, words: line };
  const { level, msg, err } = JSON.parse(line);
  const why = err === undefined ? '' : `: ${err.message}`;
  return { level, words: `${msg}${why}`.replace(/\d+/g, 'N').slice(0, 200) };
}
