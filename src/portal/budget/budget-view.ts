import { z } from 'zod';

/** Where the budget stands at one moment. */
export interface BudgetView {
  /** Requests in the bucket; above the burst they queue. */
  level: number;
  /** Server seconds that the method has used within the window. */
  usedSeconds: number;
  inFlight: number;
  /** Server seconds of one invitation; undefined as long as nobody has learned them. */
  costSeconds: number | undefined;
  /** Until the next request may leave, and what there is too little of until then. */
  waitMs: number;
  waitFor: 'requests' | 'operating';
}

const Look = z.object({
  level: z.number(),
  used: z.number(),
  out: z.number(),
  cost: z.number().optional(),
  wait: z.number(),
  why: z.enum(['requests', 'operating']),
});

/** @param look as the script answers */
export function readView(readView: string): BudgetView {
  const { level, used, out, cost, wait, why } = Look.parse(JSON.parse(readView));
  return {
    ...{ level, usedSeconds: used, inFlight: out, costSeconds: cost },
    ...{ waitMs: wait, waitFor: why },
  };
}
