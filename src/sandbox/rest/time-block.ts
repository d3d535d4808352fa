import { performance } from 'node:perf_hooks';
import type { Hit } from './call-method.ts';
import { type PhpArray, phpRecord } from './php-array.ts';

/** @returns Unix seconds, to the microsecond. */
export function unixNow(): number {
  return (performance.timeOrigin + performance.now()) / 1000;
}

/**
 * The `time` that a successful answer and each successful command carries. It mentions the operating limit
 * only where there is one.
 *
 * @param billed the method that the call is billed to
 * @param startedAt Unix seconds
 * @param processing server seconds of the call
 * @returns no field for a portal that does not report it
 */
export function timeBlock(
  { portal, use }: Hit,
  billed: string,
  startedAt: number,
  processing: number,
): { time?: PhpArray } {
  if (portal.absent.has('time')) return {};
  const { operating } = portal;
  const finish = portal.now();
  const start = portal.coarseTime ? Math.floor(startedAt) : startedAt;
  const time = phpRecord({
    start,
    finish,
    duration: finish - start,
    processing: portal.coarseTime ? 0 : processing,
    date_start: isoSeconds(start),
    date_finish: isoSeconds(finish),
    ...(operating.isOn && {
      operating_reset_at: operating.resetsAt(billed, use, startedAt, finish),
      operating: operating.used(billed, use),
    }),
  });
  return { time };
}

/** @returns the moment as PHP's `date('c')` writes it, in UTC. */
export function isoSeconds(unixSeconds: number): string {
  return `${new Date(unixSeconds * 1000).toISOString().slice(0, 19)}+00:00`;
}
