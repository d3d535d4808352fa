import type { CallTime } from '../http/call-time.ts';

/** What an answer reports about the request's cost. */
export interface RequestCost {
  method: string;
  /** One for each call that was executed. */
  times: readonly CallTime[];
  /** The time of the batch as a whole; undefined for a single call. */
  batch?: CallTime | undefined;
  pairs: number;
  invited: number;
}

/** What one account is billed for, in the form that the script takes. */
interface Use {
  method: string;
  baskets: { number: number; seconds: number; left: number }[];
  seconds: number;
  unseen: number;
  finish: number;
  operating: number | undefined;
  reset: number | undefined;
}

/** Number of the window's baskets ("REST API Limits"). */
const BASKETS = 10;
/** The share of its time that a batch is billed for, on servers that bill it (the published module). */
const BATCH_SHARE = 0.5;
/** While a request runs, its calls of this many seconds and less are not in the figure. */
const FLOOR_SECONDS = 0.1;
/** Figures that differ by less are the same, apart from inexact times. */
const SAME_SECONDS = 0.05;
/** The method of a batch as a whole. */
export const BATCH = 'batch';

/** @returns the form that the script takes: what each account may be billed for, and the cost */
export function costForScript({ times, batch, ...cost }: RequestCost, windowSeconds: number) {
  const half = batch && { ...batch, seconds: batch.seconds * BATCH_SHARE };
  const uses = [
    ...readUse(cost.method, times, windowSeconds).map((use) => ({
      ...{ ...use, in_batch: half !== undefined },
      elsewhere: half !== undefined && showFigureOf(half, times),
    })),
    ...readUse(BATCH, half === undefined ? [] : [half], windowSeconds).map((use) => ({
      ...{ ...use, in_batch: true, elsewhere: false },
    })),
  ];
  const sum = sumOf(times);
  // Some portals report times in whole seconds; then the sum of many calls is too large.
  const seconds = times.length === 0 ? undefined : Math.min(sum, batch?.seconds ?? sum);
  return { ...cost, uses, seconds };
}

/** What the answer to a request that does not invite reports about its cost. */
export interface ReadCost {
  /** Of its calls; {@link BATCH} when they are of several methods. */
  method: string;
  /** One for each call that was executed; none when they are of several methods. */
  times: readonly CallTime[];
  /** The time of the batch as a whole; undefined for a single call. */
  batch?: CallTime | undefined;
}

/** @returns the form that the script takes */
export function readForScript({ method, times, batch }: ReadCost, windowSeconds: number) {
  const cost = { method, times, batch, pairs: 0, invited: 0 };
  const { uses, seconds: sum = 0 } = costForScript(cost, windowSeconds);
  // A batch takes longer than its calls together, and can be billed for that.
  const seconds = batch?.seconds ?? sum;
  return { method, isBatch: batch !== undefined, seconds, uses };
}

const sumOf = (times: readonly CallTime[]): number =>
  times.reduce((sum, { seconds }) => sum + seconds, 0);

/**
 * Whether the commands show the batch's own figure, with or without its own time, as seen on a self-hosted
 * portal: then their methods are not billed.
 */
function showFigureOf({ operating, seconds }: CallTime, times: readonly CallTime[]): boolean {
  const shown = lastOf(times)?.operating;
  if (operating === undefined || !shown) return false;
  return [operating, operating - seconds].some((figure) => Math.abs(figure - shown) < SAME_SECONDS);
}

const lastOf = (times: readonly CallTime[]): CallTime | undefined =>
  times.reduce<CallTime | undefined>(
    (latest, time) => (latest && latest.finish > time.finish ? latest : time),
    undefined,
  );

function readUse(method: string, times: readonly CallTime[], windowSeconds: number): Use[] {
  const last = lastOf(times);
  if (last === undefined) return [];
  const length = windowSeconds / BASKETS;
  const byBasket = new Map<number, number>();
  for (const { finish, seconds } of times) {
    const number = Math.floor((finish - seconds) / length);
    byBasket.set(number, (byBasket.get(number) ?? 0) + seconds);
  }
  const msAfter = (unixSeconds: number) => (unixSeconds - last.finish) * 1_000;
  return [
    {
      method,
      baskets: [...byBasket].map(([number, seconds]) => ({
        ...{ number, seconds, left: msAfter((number + BASKETS) * length) },
      })),
      seconds: sumOf(times),
      unseen: sumOf(times.filter(({ seconds }) => seconds <= FLOOR_SECONDS)),
      finish: last.finish,
      operating: last.operating,
      reset: last.resetAt === undefined ? undefined : msAfter(last.resetAt),
    },
  ];
}
