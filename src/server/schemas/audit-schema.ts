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
      /** For a retry of one reason: the reason and its meaning; else null. */
      retried: z.object({ reason: z.string(), meaning: z.string() }).nullable(),
      detail: z.string().nullable(),
      /** `detail` as code and params; null when it is a name or text from another system. */
      said: AuditDetail.nullable(),
    }),
  ),
});
export type AuditTrail = z.infer<typeof AuditTrail>;
