import { z } from 'zod';
import { AuditDetail } from './message-schema.ts';
import { Time } from './time-schema.ts';

/** `GET /api/imports/:id/audit`, oldest first. */
export const AuditTrail = z.object({
  items: z.array(
    z.object({
      at: Time,
      /** `admin`, `cli`, `worker`. */
      actor: z.string(),
      /** @example pause */
      action: z.string(),
      /** Of a retry for one reason: which, and what it means; else null. */
      retried: z.object({ reason: z.string(), meaning: z.string() }).nullable(),
      detail: z.string().nullable(),
      /** The same for programs; null where it is a name, or somebody else's words. */
      said: AuditDetail.nullable(),
    }),
  ),
});
export type AuditTrail = z.infer<typeof AuditTrail>;
