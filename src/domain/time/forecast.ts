import type { Limit } from './makespan.ts';
import { demandOf, expectedTime, type Outlook } from './work-left.ts';

/** How long an import will take. */
export interface Forecast {
  seconds: number;
  /** The limit that determines the time. */
  limit: Limit;
  requests: number;
  /** Server seconds per invitation that the forecast assumes. */
  costPerInviteSeconds: number;
  /** The cost is not learned yet: the forecast is a guess. */
  assumed: boolean;
}

/**
 * Forecasts how long an import takes if it starts now, beside the imports that run. The forecast ignores outages,
 * and a portal that slows down.
 */
export function forecast(outlook: Outlook): Forecast {
  const { own, cost, allowance, used } = outlook;
  const { seconds, limit } = expectedTime(outlook);
  const requests = Math.ceil(demandOf(own, cost, allowance).requests);
  return {
    seconds,
    // While no request waits for the bucket, the work determines the time.
    limit: limit === 'requests' && used.bucket + requests <= allowance.burst ? 'work' : limit,
    requests,
    costPerInviteSeconds: cost.seconds,
    assumed: cost.isGuess,
  };
}
