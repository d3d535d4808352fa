import { performance } from 'node:perf_hooks';
import type { Portal } from '../state/sandbox-portal.ts';
import { type PhpArray, phpRecord } from './php-array.ts';

/** @returns Unix seconds, to the microsecond. */
export function unixNow(): number {
  return (performance.timeOrigin + performance.now()) / 1000;
}

/**
 * The `time` that a successful answer and each successful command carries.
 * @param startedAt Unix seconds
 * @param processing server seconds of the call
 */
export function timeBlock(
  portal: Portal,
  method: string,
  startedAt: number,
  processing: number,
): PhpArray {
  const finish = portal.now();
  const start = portal.coarseTime ? Math.floor(startedAt) : startedAt;
  return phpRecord({
    start,
    finish,
    duration: finish - start,
    processing: portal.coarseTime ? 0 : processing,
    date_start: isoSeconds(start),
    date_finish: isoSeconds(finish),
    operating_reset_at: portal.operating.resetsAt(method, startedAt, finish),
    operating: portal.operating.used(method, finish),
  });
}

/** @returns the moment as PHP's `date('c')` writes it, in UTC. */
export function isoSeconds(unixSeconds: number): string {
  return `${new Date(unixSeconds * 1000).toISOString().slice(0, 19)}+00:00`;
}
