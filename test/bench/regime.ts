import type { Limits } from '../../src/sandbox/sandbox-options.ts';
import type { Load } from './makespan-bound.ts';

/** A portal, an optional second client, and the users to invite. */
export interface Regime {
  name: string;
  /** What it represents, and how the time-based limits are scaled. */
  meaning: string;
  /** Sizes by index: group index + 1 gets the users 2 … size + 1. */
  groupSizes: readonly number[];
  limits: Limits;
  concurrency: number;
  /** Requests per second that a second client sends, 0 for none. */
  otherPerSecond: number;
  /** Factor by which rate, work and windows are faster than on a real portal. */
  clock: number;
}

export const pairsOf = ({ groupSizes }: Regime): number =>
  groupSizes.reduce((sum, size) => sum + size, 0);

/** @param otherPerSecond accepted requests of the second client, per second */
export function loadOf(regime: Regime, otherPerSecond: number): Load {
  const { limits, groupSizes, concurrency } = regime;
  const latencySeconds = limits.latencyMs / 1_000;
  return { ...limits, groupSizes, concurrency, latencySeconds, otherPerSecond };
}

/** @returns the pairs as a CSV, group by group */
export function csvOf({ groupSizes }: Regime): string {
  const lines = ['group_id,user_id'];
  for (const [index, size] of groupSizes.entries()) {
    for (let user = 2; user < size + 2; user++) lines.push(`${index + 1},${user}`);
  }
  return `${lines.join('\n')}\n`;
}

/** A self-hosted portal: its plan says so, and there is nothing to set. */
export const isBox = ({ limits }: Regime): boolean =>
  limits.requestsPerSecond === Number.POSITIVE_INFINITY;

/** The program's settings for a portal with these limits. */
export function settingsOf(regime: Regime): Record<string, string> {
  const { limits, concurrency } = regime;
  return {
    ...(!isBox(regime) && {
      BITRIX24_REQUESTS_PER_SECOND: String(limits.requestsPerSecond),
      BITRIX24_BURST: String(limits.burst),
      BITRIX24_OPERATING_LIMIT_SECONDS: String(limits.operatingLimitSeconds),
    }),
    BITRIX24_OPERATING_WINDOW_SECONDS: String(limits.operatingWindowSeconds),
    BITRIX24_REQUEST_TIMEOUT_SECONDS: String(limits.requestLimitSeconds + 5),
    CONCURRENCY: String(concurrency),
  };
}
