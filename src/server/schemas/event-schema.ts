import { z } from 'zod';
import { ImportId } from './id-schemas.ts';
import { Import } from './import-schema.ts';
import { Portal } from './portal-schema.ts';

/**
 * Events of `/api/imports/:id/events` (`import`, `gone`) and `/api/events` (all of them). Each
 * carries the whole of what changed, so that a client that missed some has missed nothing.
 */
export const EVENTS = {
  /** An import changed: what `GET /api/imports/:id` answers. */
  import: Import,
  /** An import is no more; reading the file in another way has put `by` in its place. */
  gone: z.object({ id: ImportId, by: ImportId.nullable() }),
  /** The portal's budget or hold changed: what `GET /api/portal` answers, without its history. */
  portal: Portal.omit({ history: true }),
} as const;
export type EventName = keyof typeof EVENTS;
export type EventData<Name extends EventName> = z.infer<(typeof EVENTS)[Name]>;
