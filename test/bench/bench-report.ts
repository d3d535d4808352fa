import type { Figures, RegimeFigures } from './figures.ts';
import { BOUND_IN_WORDS } from './makespan-bound.ts';
import { pairsOf } from './regime.ts';
import { count, duration, table } from './table.ts';

/** @returns the figures as text, at most 120 columns wide */
export function report(figures: Figures): string {
  return [head(figures), regimeTable(figures), notes(figures), otherFigures(figures)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function head({ quick, machine, startedAt }: Figures): string {
  const size = quick ? '--quick: the same portals, scaled down, with less work' : 'full';
  return [
    `Bulk Invite bench · ${startedAt} · ${size}`,
    `${machine.cpus} × ${machine.cpu}, Node.js ${machine.node}, b24jssdk ${machine.sdk}`,
    '',
    "makespan = imports.finished_at − started_at in the ledger; requests without the start's check",
    ...BOUND_IN_WORDS,
    'plain  = one call per pair at 2 per second: computed; the computation is checked on a measured part',
    'SDK    = batchByChunk, 50 calls per batch, one pair per call; ~ computed from a measured part',
  ].join('\n');
}

const HEAD = ['regime', 'pairs', 'req.', 'makespan', 'bound', 'by', 'ratio', 'rate err', 'op err'];

function regimeTable({ regimes }: Figures): string {
  if (regimes.length === 0) return '';
  return table([...HEAD, 'plain', 'SDK', 'SDK err r/o'], regimes.map(regimeRow));
}

function regimeRow({ regime, ours, plain, sdk }: RegimeFigures): string[] {
  const own =
    'error' in ours
      ? ['–', 'FAILED', '–', '–', '–', '–', '–']
      : [
          count(ours.requests),
          duration(ours.makespan),
          duration(ours.bound.seconds),
          ours.bound.limit,
          ours.ratio.toFixed(2),
          String(ours.rateLimitErrors),
          String(ours.operatingErrors),
        ];
  const sdkOwn =
    'error' in sdk
      ? ['FAILED', '–']
      : [
          `${sdk.computed ? '~' : ''}${duration(sdk.makespan)}${sdk.lost > 0 ? ' !' : ''}`,
          `${sdk.rateLimitErrors}/${sdk.operatingErrors}`,
        ];
  const plainOwn = 'error' in plain ? 'FAILED' : `~${duration(plain.makespan)}`;
  return [regime.name, count(pairsOf(regime)), ...own, plainOwn, ...sdkOwn];
}

function notes({ regimes }: Figures): string {
  return regimes.flatMap(notesOf).join('\n');
}

function notesOf({ regime, ours, plain, sdk }: RegimeFigures): string[] {
  const lines = [`${regime.name}: ${regime.meaning}`];
  if ('error' in ours) lines.push(`  ours FAILED: ${ours.error}`);
  else {
    const others = ours.refusedToOthers;
    lines.push(
      `  fewest requests ${count(ours.bound.fewestRequests)}, at most ${ours.maxConcurrent} at once` +
        (regime.otherPerSecond > 0 ? `; the second client was refused ${others} times` : ''),
    );
  }
  if ('error' in plain) lines.push(`  plain FAILED: ${plain.error}`);
  else {
    const [computed, measured] = [plain.partComputed.toFixed(1), plain.partMeasured.toFixed(1)];
    lines.push(`  plain: ${plain.partCalls} calls computed ${computed} s, measured ${measured} s`);
  }
  if ('error' in sdk) lines.push(`  SDK FAILED: ${sdk.error}`);
  else if (sdk.computed) {
    const seconds = sdk.measuredSeconds.toFixed(1);
    lines.push(
      `  SDK: ${count(sdk.invited)} pairs in ${seconds} s measured, ${sdk.requests} requests`,
    );
  } else if (sdk.lost > 0) {
    lines.push(
      `  SDK !: ended with ${count(sdk.lost)} pairs not invited: ${sdk.errors.join('; ')}`,
    );
  }
  return lines;
}

function otherFigures({ ingest = [], unlimited, ledger = [] }: Figures): string {
  const rows = ingest.flatMap((figures) =>
    Object.entries(figures).map(([name, reading]) => [
      name === 'ingest' ? 'ingest into the ledger' : 'csv-parse alone',
      count(reading.rows),
      count(reading.rowsPerSecond),
      duration(reading.seconds),
      `${count(reading.peakBytes / 2 ** 20)} MiB`,
    ]),
  );
  const parts: string[] = [];
  if (rows.length > 0) {
    parts.push(table(['reading a CSV', 'rows', 'rows per second', 'time', 'peak memory'], rows));
  }
  if (unlimited !== undefined) {
    const { pairs, requests } = unlimited;
    const speed = `${count(unlimited.pairsPerSecond)} pairs per second`;
    parts.push(
      `without limits: ${speed} (${count(pairs)} pairs, ${count(requests)} requests)\n` +
        `one request: ${unlimited.redisCommandsPerRequest.toFixed(1)} Redis commands ` +
        `(${unlimited.redisCommandsPerPair.toFixed(3)} per pair)`,
    );
  }
  const costs = ledger.map(
    ({ pairsPerRequest, requests, markMs, settleMs }) =>
      `one request of ${pairsPerRequest} pairs: ${(markMs + settleMs).toFixed(2)} ms of ledger ` +
      `(${markMs.toFixed(2)} mark, ${settleMs.toFixed(2)} settle; median of ${requests})`,
  );
  return [...parts, ...(costs.length > 0 ? [costs.join('\n')] : [])].join('\n\n');
}
