import { z } from 'zod';
import { LIMIT_SOURCES, PLANS } from '../../domain/portal/plan.ts';
import { HoldView } from './import-schema.ts';
import { Time } from './time-schema.ts';

const LimitSource = z.enum(LIMIT_SOURCES);

/** The portal's limits in use; null: it has none. */
export const PortalLimits = z.object({
  requestsPerSecond: z.number().nullable(),
  burst: z.int().nullable(),
  operatingLimitSeconds: z.number().nullable(),
  operatingWindowSeconds: z.number(),
  /** Maximum number of requests in flight, over all workers. */
  concurrency: z.int(),
  sources: z.object({
    requestsPerSecond: LimitSource,
    burst: LimitSource,
    operatingLimitSeconds: LimitSource,
  }),
});
export type PortalLimits = z.infer<typeof PortalLimits>;

/** Who the webhook is and what its portal allows; null: the portal does not report it. */
export const ProfileView = z.object({
  /** The webhook's user. */
  callerId: z.int(),
  callerName: z.string().nullable(),
  isAdmin: z.boolean().nullable(),
  plan: z.enum(PLANS),
  /** The portal's own name for its plan. */
  license: z.string().nullable(),
  scopes: z.array(z.string()).nullable(),
  /** Scopes that the program uses and the webhook lacks. */
  missingScopes: z.array(z.string()),
  /** Undocumented methods that the program uses where they are available. */
  methods: z.array(z.object({ name: z.string(), available: z.boolean().nullable() })),
  /** Seconds by which the portal's clock is ahead. */
  clockOffsetSeconds: z.number().nullable(),
});
export type ProfileView = z.infer<typeof ProfileView>;

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

/** A time in which the portal took no invitations. */
export const PortalHold = z.object({
  from: Time,
  /** Null while it lasts. */
  to: Time.nullable(),
  code: z.string(),
  description: z.string(),
});
export type PortalHold = z.infer<typeof PortalHold>;

/** `GET /api/portal` */
export const Portal = z.object({
  portal: z.string(),
  /** Null until the portal has answered. */
  profile: ProfileView.nullable(),
  limits: PortalLimits,
  now: PortalMoment,
  /** Null when the portal is not held. */
  hold: HoldView.nullable(),
  /** The latest holds of the portal, newest first. */
  lastErrors: z.array(PortalError),
  /** Invitations of all imports per minute of the last hour, oldest first; from the ledger. */
  lastHour: z.array(z.object({ at: Time, invited: z.int() })),
  /** The holds of the portal, newest first. */
  holds: z.array(PortalHold),
  /** The last hour while this process was running, oldest first. */
  history: z.array(PortalMoment),
});
export type Portal = z.infer<typeof Portal>;
