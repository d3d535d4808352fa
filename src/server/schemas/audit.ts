import { z } from 'zod';
import { Time } from './common.ts';

/** `GET /api/imports/:id/audit`, oldest first. */
export const AuditTrail = z.object({
  items: z.array(
    z.object({
      at: Time,
      /** `admin`, `cli`, `worker`. */
      actor: z.string(),
      /** @example pause */
      action: z.string(),
      detail: z.string().nullable(),
    }),
  ),
});
export type AuditTrail = z.infer<typeof AuditTrail>;
