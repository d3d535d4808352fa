export interface Bar {
  at: string;
  value: number;
}

const MINUTE_MS = 60_000;
/** More bars than this cannot be distinguished on a phone. */
const MOST_BARS = 90;

/**
 * Adds the minutes in which nothing happened. When there are too many minutes for the chart, a bar
 * is the average of several.
 */
export function byMinute(points: readonly Bar[]): Bar[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [];
  const start = Date.parse(first.at);
  const minutes = Math.round((Date.parse(last.at) - start) / MINUTE_MS) + 1;
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
