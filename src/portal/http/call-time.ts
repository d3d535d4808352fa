import { isRecord } from './json.ts';

/** What the portal reports about the time of one call, by its own clock (`time` of each answer). */
export interface CallTime {
  /** Unix seconds. */
  readonly finish: number;
  /** Server seconds of the call. */
  readonly seconds: number;
  /** Server seconds that the method has used in the window ("REST API Limits"). */
  readonly operating: number | undefined;
  /** When some of them are free again, or the method is no longer blocked, in Unix seconds. */
  readonly resetAt?: number | undefined;
}

/** @returns undefined when there is nothing that can be read */
export function readTime(value: unknown): CallTime | undefined {
  if (!isRecord(value)) return undefined;
  const finish = Number(value.finish);
  const processing = Number(value.processing);
  const duration = Number(value.duration);
  // Some portals report `processing` as 0, together with a `duration` that is rounded up.
  const seconds = processing > 0 ? processing : duration;
  if (!Number.isFinite(finish) || !Number.isFinite(seconds)) return undefined;
  return {
    ...{ finish, seconds },
    operating: readNumber(value.operating),
    resetAt: readNumber(value.operating_reset_at),
  };
}

function readNumber(value: unknown): number | undefined {
  const number = Number(value ?? Number.NaN);
  return Number.isFinite(number) ? number : undefined;
}
