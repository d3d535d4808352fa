import { z } from 'zod';
import { Time } from './time-schema.ts';

/** One minute of an import. */
export const RatePoint = z.object({
  /** Start of the minute. */
  at: Time,
  invited: z.int(),
  /** Pairs that got any outcome, the invited included. */
  settled: z.int(),
});

/** `GET /api/imports/:id/rate`: the minutes with at least one outcome, oldest first. */
export const Rate = z.object({ points: z.array(RatePoint) });
export type Rate = z.infer<typeof Rate>;
