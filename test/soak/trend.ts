/** A value at a time, in milliseconds. */
export interface Point {
  at: number;
  value: number;
}

/** Criteria for a growing figure. */
export interface Rule {
  /** Largest rise that is ignored, in the figure's unit. */
  floor: number;
  /** Shortest time that allows a verdict, in seconds. */
  leastSeconds: number;
  /**
   * Whether the figure can return to an earlier level, like the memory of a process. It then grows only
   * if it exceeds the maximum of the first half of the run.
   */
  canReturn?: boolean;
}

/** The figure after its warm-up. */
export interface Trend {
  verdict: 'flat' | 'grows' | 'too short';
  /** Rise from the beginning to the end of the judged time, by the line through the slots. */
  rise: number;
  first: Third;
  last: Third;
}

export interface Third {
  median: number;
  max: number;
}

/** Share of a run in which caches fill and code is compiled. */
const WARM_UP = 1 / 4;
/** Number of time slots. The lowest value of each slot excludes temporary use. */
const SLOTS = 12;
/** Largest rise that is ignored, as a share of the level. */
const SHARE = 0.2;

export const RULE = `After a warm-up (the first quarter of a run), the time is divided into ${SLOTS} slots. A line through the lowest value of each slot has the median of the slopes between any two slots. A figure grows if the line rises by more than ${SHARE * 100} % of its level and by more than the figure's floor, and the second half alone rises at that pace as well. A process's memory (RSS), which fluctuates, must also exceed the maximum of the first half of the run.`;

/** @param points of one run, in order */
export function judge(
  points: readonly Point[],
  { floor, leastSeconds, canReturn = false }: Rule,
): Trend {
  const begins = points[0]?.at ?? 0;
  const ends = points.at(-1)?.at ?? 0;
  const judgedFrom = begins + (ends - begins) * WARM_UP;
  const judged = points.filter(({ at }) => at >= judgedFrom);
  const span = ends - judgedFrom;
  const thirds = { first: third(judged, 0), last: third(judged, 2) };
  const lowest = lowestOfSlots(judged, judgedFrom, span);
  const rise = median(slopes(lowest)) * span;
  if (span < leastSeconds * 1_000 || lowest.length < SLOTS / 2) {
    return { verdict: 'too short', rise, ...thirds };
  }
  const level = median(lowest.map(({ value }) => value));
  // A figure that has reached a stable level, like the memory of a process, no longer rises.
  const recentRise = median(slopes(lowest.slice(Math.floor(lowest.length / 2)))) * span;
  const allowed = Math.max(floor, level * SHARE);
  const rises = Math.min(rise, recentRise) > allowed;
  const isNew = !canReturn || thirds.last.median > highestUntil(points, (begins + ends) / 2);
  return { verdict: rises && isNew ? 'grows' : 'flat', rise, ...thirds };
}

const highestUntil = (points: readonly Point[], until: number): number =>
  points.reduce((most, { at, value }) => (at <= until ? Math.max(most, value) : most), 0);

function lowestOfSlots(points: readonly Point[], from: number, span: number): Point[] {
  const slotOf = ({ at }: Point) => Math.min(SLOTS - 1, Math.floor(((at - from) / span) * SLOTS));
  return [...Map.groupBy(points, slotOf).values()].flatMap((slot) =>
    slot.toSorted((one, other) => one.value - other.value).slice(0, 1),
  );
}

function slopes(points: readonly Point[]): number[] {
  return points.flatMap((one, at) =>
    points.slice(at + 1).map((other) => (other.value - one.value) / (other.at - one.at)),
  );
}

function third(points: readonly Point[], number: 0 | 2): Third {
  const length = points.length / 3;
  const values = points
    .slice(Math.floor(number * length), Math.ceil((number + 1) * length))
    .map(({ value }) => value);
  return { median: median(values), max: values.reduce((most, value) => Math.max(most, value), 0) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
