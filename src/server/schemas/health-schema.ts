import { z } from 'zod';

/** `GET /healthz` */
export const Health = z.object({ status: z.literal('ok'), version: z.string() });

/** `GET /readyz`: 200 when all are `ok`, else 503. */
export const Readiness = z.object({
  status: z.enum(['ok', 'not_ready']),
  ledger: z.enum(['ok', 'failed']),
  /** `full`, `read_only`: Redis accepts no writes; `denied`: its user lacks a permission. */
  redis: z.enum(['ok', 'failed', 'full', 'read_only', 'denied']),
});
export type Readiness = z.infer<typeof Readiness>;
