import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { report } from './bench-report.ts';
import type { Figures } from './figures.ts';
import { measure, namesOfFigures } from './measure.ts';

const USAGE = `npm run bench -- [--quick] [--only NAME,NAME] [--json PATH]
names: ${namesOfFigures().join(', ')}
`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: namesOfFigures().join(',') },
    json: { type: 'string', default: 'bench-results.json' },
    help: { type: 'boolean', default: false },
  },
});
const wanted = new Set(values.only.split(',').map((name) => name.trim()));
const unknown = [...wanted].filter((name) => !namesOfFigures().includes(name));
if (values.help || unknown.length > 0) {
  process.stderr.write(unknown.map((name) => `There is no figure "${name}".\n`).join('') + USAGE);
  process.exit(values.help ? 0 : 1);
}

const began = performance.now();
const progress = (line: string) => {
  const seconds = String(Math.round((performance.now() - began) / 1_000)).padStart(4);
  process.stderr.write(`${seconds} s  ${line}\n`);
};
const startedAt = new Date().toISOString();
const sdk: { version: string } = JSON.parse(
  readFileSync(
    new URL('../../node_modules/@bitrix24/b24jssdk/package.json', import.meta.url),
    'utf8',
  ),
);
const figures: Figures = {
  startedAt,
  quick: values.quick,
  machine: {
    cpus: cpus().length,
    cpu: cpus()[0]?.model ?? 'unknown',
    node: process.versions.node,
    sdk: sdk.version,
  },
  ...(await measure({ quick: values.quick, wanted, progress })),
};
progress('done');
process.stdout.write(`${report(figures)}\n`);
writeFileSync(values.json, `${JSON.stringify(figures, shorten, 2)}\n`);
process.stdout.write(`\nJSON: ${resolve(values.json)}\n`);
// A failed comparison does not fail the bench.
if (figures.regimes.some(({ ours }) => 'error' in ours)) process.exitCode = 1;

/** Replaces the list of group sizes, which can have thousands of entries, with its totals. */
function shorten(key: string, value: unknown): unknown {
  if (key !== 'groupSizes' || !Array.isArray(value)) return value;
  const total = value.reduce((sum: number, size: number) => sum + size, 0);
  return { groups: value.length, pairs: total, largest: Math.max(...value) };
}
