import { z } from 'zod';

/** State of the budget at one moment. */
export interface BudgetView {
  /** Requests in the bucket; above the burst they queue. */
  level: number;
  /** Server seconds that the method has used within the window. */
  usedSeconds: number;
  inFlight: number;
  /** Server seconds of one invitation; undefined until answers have shown them. */
  costSeconds: number | undefined;
  /** Milliseconds until the next request may leave, and what is short until then. */
  waitMs: number;
  waitFor: 'requests' | 'operating';
}

const ViewFields = z.object({
  level: z.number(),
  used: z.number(),
  out: z.number(),
  cost: z.number().optional(),
  wait: z.number(),
  why: z.enum(['requests', 'operating']),
});

/** @param json answer of the script's `view` */
export function readView(json: string): BudgetView {
  const { level, used, out, cost, wait, why } = ViewFields.parse(JSON.parse(json));
  return {
    ...{ level, usedSeconds: used, inFlight: out, costSeconds: cost },
    ...{ waitMs: wait, waitFor: why },
  };
}
