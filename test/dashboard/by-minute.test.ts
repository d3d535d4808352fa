import { describe, expect, test } from 'vitest';
import { byMinute } from '../../src/dashboard/components/chart/by-minute.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 12, minute)).toISOString();

describe('bars per minute', () => {
  test('are empty without points', () => {
    expect(byMinute([])).toEqual([]);
  });

  test('are zero for minutes without points', () => {
    const points = [0, 3].map((minute) => ({ at: at(minute), value: 5 }));
    expect(byMinute(points)).toEqual([
      { at: at(0), value: 5 },
      { at: at(1), value: 0 },
      { at: at(2), value: 0 },
      { at: at(3), value: 5 },
    ]);
  });

  test('begin and end with the import', () => {
    const points = [{ at: at(2), value: 5 }];
    expect(byMinute(points, { from: at(1), to: at(4) }).map(({ value }) => value)).toEqual([
      ...[0, 5, 0, 0],
    ]);
    expect(byMinute([], { from: at(1), to: at(2) })).toHaveLength(2);
    // The clock of the page may be behind.
    expect(byMinute(points, { from: at(3), to: at(1) })).toEqual([{ at: at(2), value: 5 }]);
  });

  test('add up the points of a minute', () => {
    const points = [10, 20, 30].map((second) => ({
      at: new Date(Date.parse(at(0)) + second * 1_000).toISOString(),
      value: second,
    }));
    expect(byMinute(points).map(({ value }) => value)).toEqual([60]);
  });

  test('show a day as 90 bars, each an average per minute', () => {
    const points = Array.from({ length: 1_440 }, (_, minute) => ({ at: at(minute), value: 7 }));
    const bars = byMinute(points);
    expect(bars).toHaveLength(90);
    expect(bars.every(({ value }) => Math.abs(value - 7) < 1e-9)).toBe(true);
  });
});
