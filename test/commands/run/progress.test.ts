import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ProgressLine,
  type ProgressState,
  progressBar,
  progressText,
} from '../../../src/commands/run/progress.ts';
import { ThroughputMeter } from '../../../src/domain/time/throughput-meter.ts';

/** @returns the state of an import that is sending */
const aState = (some: Partial<ProgressState>): ProgressState => ({
  ...{ settled: 0, pairs: 0, isSending: true },
  ...some,
});

/** @returns a throughput meter with this rate, in pairs per second */
function paceAt(rate: number): ThroughputMeter {
  const pace = new ThroughputMeter();
  pace.note(0, 0);
  pace.note(10_000, 10 * rate);
  return pace;
}

describe('progressText', () => {
  test.each<[state: Partial<ProgressState>, rate: number, text: string]>([
    [
      { settled: 210, pairs: 938, secondsLeft: 60 },
      12.3,
      '22 %  210 of 938 pairs  12.3/s  1:00 left',
    ],
    [{ settled: 0, pairs: 0 }, 0, '100 %  0 of 0 pairs'],
    [{ settled: 0, pairs: 1 }, 0, '0 %  0 of 1 pairs'],
    [{ settled: 1, pairs: 1 }, 5, '100 %  1 of 1 pairs  5.0/s'],
    [{ settled: 0, pairs: 1_000_000 }, 0, '0 %  0 of 1,000,000 pairs'],
    [
      { settled: 1, pairs: 1_000_000, secondsLeft: 9_999_990 },
      0.1,
      '0 %  1 of 1,000,000 pairs  0.1/s  2777:46:30 left',
    ],
    [
      { settled: 999_999, pairs: 1_000_000, secondsLeft: 0.01 },
      100,
      '99 %  999,999 of 1,000,000 pairs  100.0/s  less than 1:00 left',
    ],
    [{ settled: 1_000_000, pairs: 1_000_000 }, 100, '100 %  1,000,000 of 1,000,000 pairs  100.0/s'],
    [{ settled: 5, pairs: 10, notice: 'paused' }, 0, '50 %  5 of 10 pairs  paused'],
    [
      { settled: 5, pairs: 10, notice: 'held: NO_AUTH_FOUND', isSending: false },
      1,
      '50 %  5 of 10 pairs  held: NO_AUTH_FOUND',
    ],
    [
      { settled: 5, pairs: 10, notice: 'waiting', isSending: false, secondsLeft: 605 },
      1,
      '50 %  5 of 10 pairs  10:05 left  waiting',
    ],
    [{ settled: 5, pairs: 10, notice: undefined }, 0, '50 %  5 of 10 pairs'],
    // Too slow to show a rate.
    [{ settled: 5, pairs: 10, notice: 'waiting' }, 0.04, '50 %  5 of 10 pairs  waiting'],
  ])('%o at %d/s', (state, rate, text) => {
    expect(progressText(aState(state), paceAt(rate))).toBe(text);
  });

  const state = fc
    .oneof(fc.constantFrom(0, 1, 1_000_000), fc.nat({ max: 2_000_000 }))
    .chain((pairs) => fc.record({ pairs: fc.constant(pairs), settled: fc.nat({ max: pairs }) }));
  const rate = fc.nat({ max: 100_000 }).map((tenths) => tenths / 10);

  test('shows only valid numbers, and 100 % only at the end', () => {
    fc.assert(
      fc.property(state, rate, (now, perSecond) => {
        const text = progressText(aState({ ...now, secondsLeft: 5 }), paceAt(perSecond));
        expect(text).not.toMatch(/NaN|Infinity|undefined|-/);
        expect(text.startsWith('100 %')).toBe(now.settled === now.pairs);
        expect(text.includes(' left')).toBe(now.settled < now.pairs);
      }),
    );
  });

  test('shows each whole percent when it is reached', () => {
    for (let settled = 0; settled <= 100; settled++) {
      const text = progressText(aState({ settled, pairs: 100 }), paceAt(1));
      expect(text.startsWith(`${settled} %`)).toBe(true);
    }
  });
});

describe('progressBar', () => {
  const filled = (settled: number, pairs: number) => {
    const bar = progressBar(aState({ settled, pairs }));
    expect(bar).toMatch(/^█*░*$/);
    expect(bar).toHaveLength(24);
    return bar.indexOf('░') === -1 ? 24 : bar.indexOf('░');
  };

  test.each([
    [0, 0, 24],
    [0, 1, 0],
    [1, 1, 24],
    [1, 2, 12],
    [1, 1_000_000, 0],
    [999_999, 1_000_000, 23],
    [1_000_000, 1_000_000, 24],
  ])('%i of %i fill %i of 24 cells', (settled, pairs, cells) => {
    expect(filled(settled, pairs)).toBe(cells);
  });

  test('has a constant width, is full only at the end, and never goes back', () => {
    const total = fc.integer({ min: 1, max: 2_000_000 });
    const state = total.chain((pairs) =>
      fc.tuple(fc.constant(pairs), fc.nat({ max: pairs }), fc.nat({ max: pairs })),
    );
    fc.assert(
      fc.property(state, ([pairs, one, other]) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(filled(less, pairs)).toBeLessThanOrEqual(filled(more, pairs));
        expect(filled(more, pairs) === 24).toBe(more === pairs);
      }),
    );
  });
});

describe('Progress', () => {
  /** A stream that records what was written, with or without the properties of a terminal. */
  function stream(isTTY: boolean, columns = 100) {
    const written: string[] = [];
    const through = new PassThrough();
    through.on('data', (text) => written.push(String(text)));
    const terminal = Object.assign(through, { isTTY, columns, rows: 24 });
    return { stream: terminal as unknown as NodeJS.WriteStream, written };
  }

  const half = aState({ settled: 5, pairs: 10, secondsLeft: 5 });
  const whole = aState({ settled: 10, pairs: 10 });
  const pace = paceAt(1);
  const HALF = '50 %  5 of 10 pairs  1.0/s  less than 1:00 left\n';
  const WHOLE = '100 %  10 of 10 pairs  1.0/s\n';

  test('on a terminal of width 0 shows plain lines', () => {
    const { stream: out, written } = stream(true, 0);
    const progress = new ProgressLine(out);
    progress.show(half, pace, 0);
    progress.end(whole, pace);
    expect(written.join('')).toBe(HALF + WHOLE);
  });

  test('without a terminal shows a line at once, then one every five seconds', () => {
    const { stream: out, written } = stream(false);
    const progress = new ProgressLine(out);
    const paused = { ...half, notice: 'paused' };
    progress.show(half, pace, 1_000);
    progress.show(paused, pace, 5_999);
    expect(written.join('')).toBe(HALF);
    progress.show(paused, pace, 6_000);
    expect(written.join('')).toBe(`${HALF}${HALF.trimEnd()}  paused\n`);
  });

  test('without a terminal repeats no line', () => {
    const { stream: out, written } = stream(false);
    const progress = new ProgressLine(out);
    for (const now of [0, 5_000, 10_000]) progress.show(half, pace, now);
    progress.end(half, pace);
    expect(written.join('')).toBe(HALF);
  });

  test('without a terminal always shows the final state', () => {
    const { stream: out, written } = stream(false);
    const progress = new ProgressLine(out);
    progress.show(half, pace, 0);
    progress.end(whole, pace);
    expect(written.join('')).toBe(HALF + WHOLE);
  });

  test('on a terminal shows a bar, and keeps the last one', () => {
    const { stream: out, written } = stream(true);
    const progress = new ProgressLine(out);
    progress.show(half, pace, 0);
    progress.show(half, pace, 1);
    progress.end(whole, pace);
    const text = stripVTControlCharacters(written.join(''));
    expect(text).toContain(`  ${'█'.repeat(12)}${'░'.repeat(12)}  ${HALF}`);
    expect(text.trimEnd().endsWith(`${'█'.repeat(24)}  ${WHOLE.trimEnd()}`)).toBe(true);
    expect(text.endsWith('\n')).toBe(true);
  });
});
