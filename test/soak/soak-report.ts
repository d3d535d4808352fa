import { count, duration, table } from '../bench/table.ts';
import type { SoakReport } from './soak.ts';
import type { Figure } from './soak-samples.ts';
import { RULE } from './trend.ts';

const SHOWN = 30;

/** @returns the report as text */
export function show(report: SoakReport): string {
  const { seconds, figures, examined, invitations, events, polls, connections } = report;
  const head = ['figure', 'first third', 'max', 'last third', 'max', 'rise', 'of', 'verdict'];
  return [
    `${duration(seconds)}, ledger in ${report.ledger}, seed ${report.seed}`,
    `${count(examined)} imports ended and compared, ${count(invitations)} invitations sent, ` +
      `${count(connections)} live connections, ${count(events)} events, ${count(polls)} polls`,
    tally('imports', report.ended),
    tally('outcomes', report.outcomes),
    tally('user actions', report.actions),
    tally('faults', report.faults),
    tally('answers', report.answers),
    tally('warnings', report.warnings),
    '',
    table(head, figures.map(row)),
    '',
    RULE,
    '',
    ...verdict(report),
  ].join('\n');
}

function row({ part, measure, unit, first, last, rise, seconds, verdict }: Figure): string[] {
  const name = `${part} · ${measure}${unit === '' ? '' : `, ${unit}`}`;
  const numbers = [first.median, first.max, last.median, last.max, rise];
  return [name, ...numbers.map(number), duration(seconds), verdict];
}

const number = (value: number): string => (Math.abs(value) < 100 ? value.toFixed(1) : count(value));

function tally(what: string, counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, times]) => `${name} ${count(times)}`);
  return `${what}: ${parts.join(' · ') || 'none'}`;
}

function verdict({ wrong, figures }: SoakReport): string[] {
  const growing = figures.filter((figure) => figure.verdict === 'grows');
  if (wrong.length === 0 && growing.length === 0) return ['No errors, and no figure grows.'];
  const more = wrong.length > SHOWN ? [`… and ${wrong.length - SHOWN} more`] : [];
  return [
    ...growing.map(({ part, measure }) => `GROWS: ${part} · ${measure}`),
    ...wrong.slice(0, SHOWN).map((sentence) => `WRONG: ${sentence}`),
    ...more,
  ];
}
