import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { longParts } from './parts.ts';
import { type PartResult, runPart } from './run-part.ts';

const USAGE =
  'npm run check:long -- [--seed N] [WORD…]    WORD: run only parts with this word in their names\n';
/** Number of parallel parts: each uses about one processor. */
const AT_ONCE = 2;
/** Number of output lines that are shown for a failed part. */
const SHOWN_LINES = 150;

const { values, positionals: words } = parseArgs({
  options: { seed: { type: 'string' }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const seed = values.seed === undefined ? randomInt(1, 1_000_000) : Number(values.seed);
if (values.help || !Number.isSafeInteger(seed)) {
  process.stderr.write(USAGE);
  process.exit(values.help ? 0 : 1);
}

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

const waiting = longParts(seed).filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
const results: PartResult[] = [];
process.stdout.write(`${waiting.length} parts; repeat with --seed ${seed}\n`);
await Promise.all(Array.from({ length: AT_ONCE }, work));
const failed = results.filter(({ failure }) => failure !== undefined).length;
process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
process.exit(failed > 0 || results.length === 0 ? 1 : 0);

async function work(): Promise<void> {
  for (let part = waiting.shift(); part && !interrupt.signal.aborted; part = waiting.shift()) {
    const result = await runPart(part, interrupt.signal);
    results.push(result);
    process.stdout.write(describe(result));
  }
}

function describe({ part, seconds, failure, output }: PartResult): string {
  const took = `${Math.round(seconds)} s`.padStart(6);
  if (failure === undefined) return `passed ${took}  ${part.name}\n`;
  const lines = output.trimEnd().split('\n').slice(-SHOWN_LINES);
  const shown = lines.map((line) => `    ${line}\n`).join('');
  return `FAILED ${took}  ${part.name}: ${failure}\n    $ ${part.command.join(' ')}\n${shown}`;
}
