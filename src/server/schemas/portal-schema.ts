import { z } from 'zod';
import { HoldView } from './import-schema.ts';
import { Time } from './time-schema.ts';

/** The portal's limits. */
export const PortalLimits = z.object({
  requestsPerSecond: z.number(),
  burst: z.int(),
  operatingLimitSeconds: z.number(),
  operatingWindowSeconds: z.number(),
  /** Maximum number of requests in flight, over all workers. */
  concurrency: z.int(),
});

/** The budget at one point in time. */
export const PortalMoment = z.object({
  at: Time,
  /** Requests in the leaky bucket; above `burst` they queue. */
  bucket: z.number(),
  /** Server seconds that inviting has used within the window. */
  operatingSeconds: z.number(),
  inFlight: z.int(),
  /** Measured server seconds per invitation; null before the first measurement. */
  secondsPerInvite: z.number().nullable(),
  /** Invitations since the previous entry of the history. */
  invited: z.int(),
});
export type PortalMoment = z.infer<typeof PortalMoment>;

/** An error that the portal returned. */
export const PortalError = z.object({ at: Time, code: z.string(), description: z.string() });

/** `GET /api/portal` */
export const Portal = z.object({
  portal: z.string(),
  limits: PortalLimits,
  now: PortalMoment,
  /** Null when the portal is not held. */
  hold: HoldView.nullable(),
  /** The latest holds of the portal, newest first. */
  lastErrors: z.array(PortalError),
  /** The last hour while this process was running, oldest first. */
  history: z.array(PortalMoment),
});
export type Portal = z.infer<typeof Portal>;
