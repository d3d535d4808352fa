import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { duration } from '../../../src/commands/terminal/format-duration.ts';
import type { StoredImportState } from '../../../src/domain/imports/import.ts';
import type { Tally } from '../../../src/domain/pairs/outcome.ts';
import { ThroughputMeter } from '../../../src/domain/time/throughput-meter.ts';

/** A throughput meter after these samples: `[seconds, settled]`. */
function paceOf(...notes: [seconds: number, settled: number][]): ThroughputMeter {
  const pace = new ThroughputMeter();
  for (const [seconds, settled] of notes) pace.note(seconds * 1_000, settled);
  return pace;
}

describe('the rate', () => {
  test.each<[what: string, notes: [number, number][], rate: number]>([
    ['is 0 without samples', [], 0],
    ['is 0 after the first sample', [[0, 0]], 0],
    ['is 0 after the first sample of a resumed import', [[100, 5_000]], 0],
    [
      'is 0 for two samples at the same time',
      [
        [1, 0],
        [1, 10],
      ],
      0,
    ],
    [
      'is measured over two samples',
      [
        [0, 0],
        [2, 10],
      ],
      5,
    ],
    [
      'does not count what was settled before',
      [
        [0, 5_000],
        [2, 5_010],
      ],
      5,
    ],
    [
      'is measured over the whole window',
      [
        [0, 0],
        [5, 10],
        [10, 20],
        [20, 100],
      ],
      5,
    ],
    [
      'ignores older samples',
      [
        [0, 0],
        [5, 900],
        [10, 1_000],
        [35, 1_125],
      ],
      5,
    ],
    [
      'is 0 when nothing moves any more',
      [
        [0, 0],
        [1, 50],
        [20, 50],
        [40, 50],
      ],
      0,
    ],
    [
      'is measured over a long pause',
      [
        [0, 0],
        [100, 50],
      ],
      0.5,
    ],
    [
      'is measured for a single pair in a million seconds',
      [
        [0, 0],
        [1_000_000, 1],
      ],
      1e-6,
    ],
  ])('%s', (_, notes, rate) => {
    expect(paceOf(...notes).rate).toBeCloseTo(rate, 10);
  });

  test('follows a steady stream exactly, at any sample times', () => {
    const samples = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 1_000 }), (pauses, perSecond) => {
        const pace = new ThroughputMeter();
        let at = 0;
        pace.note(at, 0);
        for (const pause of pauses) {
          at += pause;
          pace.note(at, (at / 1_000) * perSecond);
        }
        expect(pace.rate).toBeCloseTo(perSecond, 5);
      }),
    );
  });

  test('depends only on the last 20 seconds and the sample before them', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 4_000 }), fc.nat({ max: 100 })), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (given) => {
        let [at, settled] = [0, 0];
        const notes = given.map(([pause, more]): [number, number] => {
          at += pause;
          settled += more;
          return [at, settled];
        });
        const pace = new ThroughputMeter();
        for (const [time, count] of notes) pace.note(time, count);
        const inside = notes.findIndex(([time]) => time >= at - 20_000);
        const [from, before] = notes[Math.max(0, Math.min(inside - 1, notes.length - 2))] ?? [0, 0];
        expect(pace.rate).toBeCloseTo(((settled - before) / (at - from)) * 1_000, 5);
      }),
    );
  });
});

describe('the rate of an import', () => {
  /** A throughput meter that sampled an import each second, with these counts of outcomes. */
  function paceAfter(
    ...samples: [state: StoredImportState, counts: Partial<Record<Tally['outcome'], number>>][]
  ): ThroughputMeter {
    const pace = new ThroughputMeter();
    samples.forEach(([state, counts], second) => {
      const tallies = Object.entries(counts).map(([outcome, count]) => ({
        ...{ outcome: outcome as Tally['outcome'], reason: null, count },
      }));
      pace.noteImport(second * 1_000, state, tallies);
    });
    return pace;
  }

  test.each<[what: string, pace: ThroughputMeter, rate: number]>([
    [
      'counts invited, skipped, failed and unknown pairs',
      paceAfter(
        ['running', { pending: 40 }],
        ['running', { pending: 30, invited: 4, skipped: 3, failed: 2, unknown: 1 }],
      ),
      10,
    ],
    [
      'does not count rejected, duplicate and cancelled pairs',
      paceAfter(
        ['running', { pending: 40 }],
        ['running', { invited: 5, rejected: 7, duplicate: 8, cancelled: 35 }],
      ),
      5,
    ],
    [
      'is 0 while it is paused',
      paceAfter(['running', {}], ['running', { invited: 5 }], ['paused', { invited: 9 }]),
      0,
    ],
    [
      'is 0 when it is cancelled',
      paceAfter(['running', {}], ['running', { invited: 5 }], ['cancelled', { invited: 9 }]),
      0,
    ],
    [
      'starts again after a pause',
      paceAfter(
        ['running', {}],
        ['running', { invited: 50 }],
        ['paused', { invited: 50 }],
        ['running', { invited: 50 }],
        ['running', { invited: 53 }],
      ),
      3,
    ],
    [
      'starts again after a retry',
      paceAfter(
        ['running', { failed: 500 }],
        ['running', { pending: 500 }],
        ['running', { invited: 7, pending: 493 }],
      ),
      7,
    ],
    ['is kept at the end', paceAfter(['running', {}], ['finished', { invited: 6 }]), 6],
  ])('%s', (_, pace, rate) => {
    expect(pace.rate).toBe(rate);
  });
});

describe('duration', () => {
  test.each([
    [0, '0:00'],
    [0.4, '0:00'],
    [0.5, '0:01'],
    [9, '0:09'],
    [59.4, '0:59'],
    [59.6, '1:00'],
    [75, '1:15'],
    [600, '10:00'],
    [3_599, '59:59'],
    [3_599.5, '1:00:00'],
    [4_000, '1:06:40'],
    [86_400, '24:00:00'],
    [360_000, '100:00:00'],
    [20_000_000, '5555:33:20'],
  ])('%d s is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  test('converts back to the same seconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), (seconds) => {
        const text = duration(seconds);
        expect(text).toMatch(/^(\d+:[0-5]\d|[0-5]?\d):[0-5]\d$/);
        expect(text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)).toBe(seconds);
      }),
    );
  });
});
