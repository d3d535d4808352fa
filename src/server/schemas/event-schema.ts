import { z } from 'zod';
import { ImportId } from './id-schemas.ts';
import { Import } from './import-schema.ts';
import { Portal } from './portal-schema.ts';

/** Interval of heartbeats, in milliseconds; a proxy would close a silent connection after a minute. */
export const HEARTBEAT_MS = 5_000;

/**
 * Events of `/api/imports/:id/events` (`import`, `gone`, `heartbeat`) and `/api/events` (all of them). Each
 * but the last contains the complete changed object, so that a client that missed some events needs only the
 * latest one.
 */
export const EVENTS = {
  /** An import changed: the response of `GET /api/imports/:id`. */
  import: Import,
  /** An import was removed; `by` is the import that replaced it, if any. */
  gone: z.object({ id: ImportId, by: ImportId.nullable() }),
  /** The portal's budget or hold changed: the response of `GET /api/portal`, without its history. */
  portal: Portal.omit({ history: true }),
  /** Sent at the start and regularly: a client without any event for longer knows that something holds them back. */
  heartbeat: z.strictObject({}),
} as const;
export type EventName = keyof typeof EVENTS;
export type EventData<Name extends EventName> = z.infer<(typeof EVENTS)[Name]>;
