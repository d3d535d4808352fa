/** A value at a time, in milliseconds. */
export interface Point {
  at: number;
  value: number;
}

/** When a figure counts as growing, and from how long a time that can be told. */
export interface Rule {
  /** A rise up to so much is none, in the figure's unit. */
  floor: number;
  /** What is judged must have lasted so long, in seconds. */
  leastSeconds: number;
  /**
   * What was given back may come again, as the memory that a process keeps: only what lies above
   * all that the first half of the life saw has grown.
   */
  comesBack?: boolean;
}

/** What the figure did after its warm-up. */
export interface Trend {
  verdict: 'flat' | 'grows' | 'too short';
  /** From the beginning to the end of what is judged, by the line through the slots. */
  rise: number;
  first: Third;
  last: Third;
}

export interface Third {
  median: number;
  max: number;
}

/** The first part of a life fills caches and compiles code. */
const WARM_UP = 1 / 4;
/** The lowest value of each slot is what stays when all that comes and goes is gone. */
const SLOTS = 12;
/** A rise up to this share of the level is none. */
const SHARE = 0.2;

export const RULE = `After a warm-up (the first quarter of a life), the time is cut into ${SLOTS} slots. Through the lowest value of each goes a line, by the median of the slopes between any two. A figure grows when the line rises by more than ${SHARE * 100} % of its level and by more than the figure's floor, and the second half alone at that pace as well; of a process's memory (RSS), which comes and goes, only what the first half of the life never saw.`;

/** @param points of one life, in order */
export function judge(
  points: readonly Point[],
  { floor, leastSeconds, comesBack = false }: Rule,
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
  // What came to a level of its own, as a process's memory does, has not risen since.
  const lately = median(slopes(lowest.slice(Math.floor(lowest.length / 2)))) * span;
  const allowed = Math.max(floor, level * SHARE);
  const rises = Math.min(rise, lately) > allowed;
  const isNew = !comesBack || thirds.last.median > highestUntil(points, (begins + ends) / 2);
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
