import { expect, test } from 'vitest';
import { holdHistory, type PortalEntry } from '../../../src/server/presenters/hold-history.ts';

const iso = (at: number) => new Date(at).toISOString();
const hold = (at: number): PortalEntry => ({
  ...{ at, action: 'hold' },
  detail: { code: 'hold', params: { error: `E${at}`, description: 'text' } },
});
const entry = (at: number, action: string): PortalEntry => ({ at, action, detail: null });

test.each<[entries: PortalEntry[], expected: [from: number, to: number | null][]]>([
  [[], []],
  [[hold(5)], [[5, null]]],
  [[entry(9, 'release'), entry(7, 'try now'), hold(5)], [[5, 9]]],
  [
    [hold(20), entry(9, 'release'), hold(5)],
    [
      [20, null],
      [5, 9],
    ],
  ],
  // The beginning of the trail was deleted.
  [[entry(9, 'release')], []],
])('%j is a history of holds', (entries, expected) => {
  expect(holdHistory(entries)).toEqual(
    expected.map(([from, to]) => ({
      ...{ from: iso(from), to: to === null ? null : iso(to) },
      ...{ code: `E${from}`, description: 'text' },
    })),
  );
});
