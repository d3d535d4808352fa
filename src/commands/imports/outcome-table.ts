import type { Import } from '../../domain/imports/import.ts';
import { countByOutcome, OUTCOMES, type Tally } from '../../domain/pairs/outcome.ts';
import { counted } from '../terminal/plural.ts';

type Size = Pick<Import, 'rows' | 'pairs' | 'rejectedRows'>;

/** The number of rows, and the number of pairs where cells hold several groups or users. */
export function sizeOf({ rows, pairs }: Size): string {
  const inRows = counted(rows, 'row');
  return pairs === rows ? inRows : `${inRows}, ${counted(pairs, 'pair')}`;
}

/**
 * The outcomes of an import as a small table that adds up to the rows. Where cells hold several
 * groups or users, it adds up to the pairs, and a further line shows the rows.
 *
 * @example
 *   invited    270
 *   skipped     35  already_member 20 · already_invited 10 · caller 5
 *   ──────────────
 *   rows       305
 */
export function outcomeTable(
  tallies: readonly Tally[],
  { rows, pairs, rejectedRows }: Size,
): string {
  const counts = countByOutcome(tallies);
  const width = pairs.toLocaleString('en').length;
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
  if (pairs === rows) return [...lines, rule, line('rows', rows)].join('\n');
  const held = `with pairs ${(rows - rejectedRows).toLocaleString('en')}`;
  const rest = rejectedRows > 0 ? ` · rejected ${rejectedRows.toLocaleString('en')}` : '';
  return [...lines, rule, line('pairs', pairs), line('rows', rows, `  ${held}${rest}`)].join('\n');
}
