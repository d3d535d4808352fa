import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcomeTable } from '../../../src/commands/imports/outcome-table.ts';
import { OUTCOMES, type Tally } from '../../../src/domain/pairs/outcome.ts';

const tally = (outcome: Tally['outcome'], reason: string | null, count: number): Tally => ({
  outcome,
  reason,
  count,
});

/** Each row is one pair or reject. */
const inRows = (rows: number) => ({ rows, pairs: rows, rejectedRows: 0 });

describe('outcomeTable', () => {
  test('shows outcomes with their reasons, most frequent first, and the rows', () => {
    const tallies = [
      tally('skipped', 'caller', 5),
      tally('skipped', 'already_member', 20),
      tally('invited', 'returned', 270),
      tally('skipped', 'already_invited', 10),
    ];
    expect(`\n${outcomeTable(tallies, inRows(305))}\n`).toBe(`
  invited    270  returned 270
  skipped     35  already_member 20 · already_invited 10 · caller 5
  ──────────────
  rows       305
`);
  });

  test('shows every outcome there is, always in the same order', () => {
    const tallies = OUTCOMES.map((outcome, i) => tally(outcome, null, i + 1)).toReversed();
    expect(`\n${outcomeTable(tallies, inRows(36))}\n`).toBe(`
  invited     1
  skipped     2
  failed      3
  unknown     4
  rejected    5
  duplicate   6
  cancelled   7
  withdrawn   8
  pending     9
  ─────────────
  rows       36
`);
  });

  test('shows a million rows', () => {
    const tallies = [
      tally('invited', 'returned', 987_654),
      tally('invited', 'confirmed', 2_345),
      tally('rejected', 'bad_group_id', 10_000),
      tally('pending', null, 1),
    ];
    expect(`\n${outcomeTable(tallies, inRows(1_000_000))}\n`).toBe(`
  invited      989,999  returned 987,654 · confirmed 2,345
  rejected      10,000  bad_group_id 10,000
  pending            1
  ────────────────────
  rows       1,000,000
`);
  });

  test('shows one row, and none', () => {
    expect(outcomeTable([tally('failed', 'declined', 1)], inRows(1))).toBe(
      ['  failed     1  declined 1', '  ────────────', '  rows       1'].join('\n'),
    );
    expect(outcomeTable([], inRows(0))).toBe(['  ────────────', '  rows       0'].join('\n'));
  });

  test('shows pairs and rows when cells hold several', () => {
    const tallies = [tally('invited', 'returned', 300), tally('rejected', 'bad_user_id', 5)];
    expect(`\n${outcomeTable(tallies, { rows: 120, pairs: 305, rejectedRows: 3 })}\n`).toBe(`
  invited    300  returned 300
  rejected     5  bad_user_id 5
  ──────────────
  pairs      305
  rows       120  with pairs 117 · rejected 3
`);
  });

  test('leaves out outcomes and reasons without pairs', () => {
    const tallies = [tally('failed', 'declined', 0), tally('invited', 'returned', 2)];
    expect(outcomeTable(tallies, inRows(2))).not.toMatch(/failed|declined/);
  });

  test('adds up: reasons to their outcome, outcomes to the rows', () => {
    const reasons = ['returned', 'declined', 'of_line_N', 'not_explained', null];
    const tallies = fc.uniqueArray(
      fc.record<Tally>({
        outcome: fc.constantFrom(...OUTCOMES),
        reason: fc.constantFrom(...reasons),
        count: fc.oneof(fc.constantFrom(0, 1, 1_000_000), fc.nat({ max: 2_000_000 })),
      }),
      { selector: ({ outcome, reason }) => `${outcome} ${reason}`, maxLength: 12 },
    );
    const number = (text = '') => Number(text.replaceAll(',', ''));
    fc.assert(
      fc.property(tallies, (given) => {
        const rows = given.reduce((sum, { count }) => sum + count, 0);
        const text = outcomeTable(given, inRows(rows));
        expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
        const lines = text.split('\n').map((line) => {
          const [, name = '', count, ...rest] = line.split(/ +/);
          return { name, count: number(count), rest: rest.join(' ') };
        });
        const outcomes = lines.slice(0, -2);
        expect(lines.at(-1)).toEqual({ name: 'rows', count: rows, rest: '' });
        expect(outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(rows);
        for (const { name, count, rest } of outcomes) {
          const reported = [...rest.matchAll(/\w+ ([\d,]+)/g)].map(([, of]) => number(of));
          const silent = given.find((one) => one.outcome === name && one.reason === null);
          expect(reported.reduce((sum, of) => sum + of, silent?.count ?? 0)).toBe(count);
          expect(reported).toEqual(reported.toSorted((a, b) => b - a));
        }
        const widths = text
          .split('\n')
          .map((line) => line.slice(0, line.search(/[\d─](?: |$)/) + 1));
        expect(new Set(widths.map((start) => start.length)).size).toBe(1);
      }),
    );
  });
});
