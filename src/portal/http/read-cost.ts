import { BATCH, type ReadCost } from '../budget/request-cost.ts';
import { type CallTime, readTime } from './call-time.ts';
import { isRecord } from './json.ts';

interface Answer {
  result: unknown;
  time: CallTime | undefined;
}

/**
 * What an answer reports about the server seconds of a request that does not invite. On portals that bill the
 * batch, reads use up what inviting needs; on the others, the method of its calls has a limit of its own.
 *
 * @param inner the method of all its calls, undefined for several methods
 * @returns undefined when the portal reports no use
 */
export function readCost(
  method: string,
  inner: string | undefined,
  { result, time }: Answer,
): ReadCost | undefined {
  if (method !== BATCH) {
    if (inner === undefined || time?.operating === undefined) return undefined;
    return { method: inner, times: [time] };
  }
  const times = inner === undefined ? [] : timesOf(result);
  const known = [...times, ...(time ? [time] : [])];
  if (!known.some(({ operating }) => operating !== undefined)) return undefined;
  return { method: inner ?? BATCH, times, batch: time };
}

function timesOf(result: unknown): CallTime[] {
  const times = isRecord(result) && isRecord(result.result_time) ? result.result_time : {};
  return Object.values(times).flatMap((time) => readTime(time) ?? []);
}
