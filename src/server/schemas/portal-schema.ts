import { z } from 'zod';
import { HoldView } from './import-schema.ts';
import { Time } from './time-schema.ts';

/** What the portal limits, and what was learned of it. */
export const PortalLimits = z.object({
  requestsPerSecond: z.number(),
  burst: z.int(),
  operatingLimitSeconds: z.number(),
  operatingWindowSeconds: z.number(),
  /** Requests in flight at once, all workers together. */
  concurrency: z.int(),
});

/** The budget at one moment, for gauges over time. */
export const PortalMoment = z.object({
  at: Time,
  /** Requests in the leaky bucket; above `burst` they queue. */
  bucket: z.number(),
  /** Server seconds that inviting has used within the window. */
  operatingSeconds: z.number(),
  inFlight: z.int(),
  /** Server seconds of one invitation as learned; null before the first. */
  secondsPerInvite: z.number().nullable(),
  /** Since the moment before. */
  invited: z.int(),
});
export type PortalMoment = z.infer<typeof PortalMoment>;

/** Something that the portal refused. */
export const PortalError = z.object({ at: Time, code: z.string(), description: z.string() });

/** `GET /api/portal` */
export const Portal = z.object({
  portal: z.string(),
  limits: PortalLimits,
  now: PortalMoment,
  /** Null when the portal is not held. */
  hold: HoldView.nullable(),
  /** The newest first: holds and releases of the portal. */
  lastErrors: z.array(PortalError),
  /** The last hour as far as this process has seen it, oldest first. */
  history: z.array(PortalMoment),
});
export type Portal = z.infer<typeof Portal>;
