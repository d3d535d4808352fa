export interface Bar {
  at: string;
  value: number;
}

/** The time that a chart shows; by default from its first point to its last one. */
export interface Span {
  from?: string | null;
  to?: string | null;
}

const MINUTE_MS = 60_000;
/** More bars than this cannot be distinguished on a phone. */
const MOST_BARS = 90;

/**
 * Adds the minutes in which nothing happened. When there are too many minutes for the chart, a bar
 * is the average of several.
 */
export function byMinute(points: readonly Bar[], { from, to }: Span = {}): Bar[] {
  const first = from ?? points[0]?.at;
  const last = to ?? points.at(-1)?.at;
  if (first === undefined || last === undefined) return [];
  const start = startOfMinute(Math.min(Date.parse(first), timeOf(points[0])));
  const end = Math.max(Date.parse(last), timeOf(points.at(-1), start));
  const minutes = Math.floor((end - start) / MINUTE_MS) + 1;
  const perBar = Math.ceil(minutes / MOST_BARS);
  const bars = Array.from({ length: Math.ceil(minutes / perBar) }, (_, i) => ({
    at: new Date(start + i * perBar * MINUTE_MS).toISOString(),
    value: 0,
  }));
  for (const { at, value } of points) {
    const bar = bars[Math.floor((Date.parse(at) - start) / MINUTE_MS / perBar)];
    if (bar) bar.value += value / perBar;
  }
  return bars;
}

const startOfMinute = (ms: number): number => ms - (ms % MINUTE_MS);

const timeOf = (point: Bar | undefined, none = Number.POSITIVE_INFINITY): number =>
  point === undefined ? none : Date.parse(point.at);
