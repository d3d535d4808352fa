import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { soak } from './soak.ts';
import { show } from './soak-report.ts';

const USAGE = 'npm run soak -- [--minutes N] [--ledger sqlite|postgres] [--seed N] [--json FILE]\n';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    ledger: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const { ledger } = values;
const isKnown = ledger === 'sqlite' || ledger === 'postgres';
if (values.help || !isKnown || !(minutes > 0)) {
  process.stderr.write(USAGE);
  process.exit(values.help ? 0 : 1);
}

const began = performance.now();
const progress = (line: string) => {
  const seconds = String(Math.round((performance.now() - began) / 1_000)).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
};
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    progress('ending early: unfinished imports are completed first');
    interrupt.abort();
  });
}

const seed = Number(values.seed);
const report = await soak({ minutes, ledger, seed, signal: interrupt.signal, progress });
process.stdout.write(`\n${show(report)}\n`);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify(report, null, 1)}\n`);
  process.stdout.write(`\nJSON: ${resolve(values.json)}\n`);
}
const grows = report.figures.some(({ verdict }) => verdict === 'grows');
process.exit(report.wrong.length > 0 || grows ? 1 : 0);
