import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/sandbox/state/random.ts';
import { judge, type Point, type Trend } from './trend.ts';

const RULE = { floor: 16, leastSeconds: 300 };
const MINUTES = 30;

/** @returns a point every two seconds. @param valueAt value at a share of the time */
function course(valueAt: (share: number) => number, minutes = MINUTES): Point[] {
  const count = minutes * 30;
  return Array.from({ length: count }, (_, i) => ({ at: i * 2_000, value: valueAt(i / count) }));
}

const random = seededRandom(1);
const noise = () => random() * 60;
/** Shape of a heap with garbage collections. */
const saw = (share: number) => (share * 40) % 1;

const fallsAndRises = (share: number) =>
  share < 0.4 ? 200 + 190 * share : 168 + 190 * (share - 0.4);

describe('judges a figure', () => {
  const CASES: [what: string, points: Point[], verdict: Trend['verdict']][] = [
    ['that is constant', course(() => 100), 'flat'],
    ['that is zero', course(() => 0), 'flat'],
    ['that goes up and down', course((share) => 100 + 80 * saw(share)), 'flat'],
    ['that is noisy', course(() => 100 + noise()), 'flat'],
    ['that grows during the warm-up', course((share) => Math.min(100, 500 * share)), 'flat'],
    ['that levels off half-way', course((share) => 150 + Math.min(125, 250 * share)), 'flat'],
    ['that falls', course((share) => 200 - 100 * share), 'flat'],
    ['that rises less than its floor', course((share) => 10 + 15 * share), 'flat'],
    ['that rises by a small share', course((share) => 1_000 + 150 * share), 'flat'],
    ['with a peak at its end', course((share) => (share > 0.97 ? 900 : 100)), 'flat'],
    ['with a single step', course((share) => (share > 0.9 ? 140 : 100)), 'flat'],
    ['that rises steadily', course((share) => 100 + 60 * share), 'grows'],
    ['that rises from zero', course((share) => 30 * share), 'grows'],
    ['that rises under noise', course((share) => 100 + 100 * share + noise()), 'grows'],
    [
      'whose minimum rises with each cycle',
      course((share) => 100 + 80 * share + 80 * saw(share)),
      'grows',
    ],
    ['with a short time', course((share) => 100 + 900 * share, 5), 'too short'],
    ['with one point', [{ at: 0, value: 1 }], 'too short'],
    ['without points', [], 'too short'],
  ];
  test.each(CASES)('%s', (_, points, verdict) => {
    expect(judge(points, RULE)).toMatchObject({ verdict });
  });

  test.each<[string, Point[], Trend['verdict']]>([
    ['that falls and rises to where it was', course(fallsAndRises), 'flat'],
    ['that rises steadily', course((share) => 200 + 160 * share), 'grows'],
    ['that rises under noise', course((share) => 100 + 200 * share + noise()), 'grows'],
  ])('that can return to an earlier level, %s', (_, points, verdict) => {
    expect(judge(points, { ...RULE, canReturn: true })).toMatchObject({ verdict });
  });

  test('by its first and its last third after the warm-up', () => {
    const { first, last, rise } = judge(
      course((share) => 1_000 * share),
      RULE,
    );
    expect(first.median).toBeCloseTo(375, -1);
    expect(last).toEqual({ median: expect.closeTo(875, -1), max: expect.closeTo(1_000, -1) });
    expect(rise).toBeCloseTo(750, -1);
  });
});
