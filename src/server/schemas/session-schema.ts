import { z } from 'zod';
import { Time } from './time-schema.ts';

/** `admin` may do everything, `viewer` may only read. */
export const Role = z.enum(['admin', 'viewer']);
export type Role = z.infer<typeof Role>;

/** `POST /api/session` */
export const Login = z.strictObject({ token: z.string().min(1).max(1_000) });
export type Login = z.infer<typeof Login>;

/** The current session. */
export const Session = z.object({
  role: Role,
  /** When the session ends; null with a bearer token. */
  expiresAt: Time.nullable(),
  version: z.string(),
  /** Host of the portal that the program invites to. */
  portal: z.string(),
  /** Maximum size of a file, in bytes. */
  maxUploadBytes: z.int(),
  /** Default invitation text; null when none is set. */
  defaultMessage: z.string().nullable(),
});
export type Session = z.infer<typeof Session>;
