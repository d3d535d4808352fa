import type { CallTime } from '../http/call-time.ts';

/** What an answer reports about the request's cost. */
export interface RequestCost {
  method: string;
  /** One for each call that was executed. */
  times: readonly CallTime[];
  pairs: number;
  invited: number;
}

/** @returns the form that the script takes: calls by their start, and the figures of the latest one */
export function costForScript({ times, ...cost }: RequestCost): object {
  const last = times.reduce<CallTime | undefined>(
    (latest, time) => (latest && latest.finish > time.finish ? latest : time),
    undefined,
  );
  const finish = last?.finish ?? 0;
  return {
    ...cost,
    finish,
    operating: last?.operating,
    seconds: times.reduce((sum, { seconds }) => sum + seconds, 0),
    calls: times.map((time) => {
      const start = time.finish - time.seconds;
      return { start, ago: (finish - start) * 1_000, seconds: time.seconds };
    }),
  };
}
