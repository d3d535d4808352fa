import { countByOutcome, OUTCOMES, type Tally } from '../domain/outcome.ts';

/**
 * The outcomes of an import as a small table that adds up to the rows.
 *
 * @example
 *   invited    270
 *   skipped     35  already_member 20 · already_invited 10 · caller 5
 *   ──────────────
 *   rows       305
 */
export function outcomeTable(tallies: readonly Tally[], rows: number): string {
  const counts = countByOutcome(tallies);
  const width = rows.toLocaleString('en').length;
  const line = (name: string, count: number, rest = '') =>
    `  ${name.padEnd(10)} ${count.toLocaleString('en').padStart(width)}${rest}`;
  const lines = OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => {
    const reasons = tallies
      .filter((tally) => tally.outcome === outcome && tally.reason !== null)
      .toSorted((a, b) => b.count - a.count)
      .map(({ reason, count }) => `${reason} ${count.toLocaleString('en')}`);
    return line(outcome, counts[outcome], reasons.length > 0 ? `  ${reasons.join(' · ')}` : '');
  });
  const rule = `  ${'─'.repeat(11 + width)}`;
  return [...lines, rule, line('rows', rows)].join('\n');
}
