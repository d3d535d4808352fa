import { z } from 'zod';
import { ImportId } from './id-schemas.ts';
import { Import } from './import-schema.ts';
import { Portal } from './portal-schema.ts';

/**
 * Events of `/api/imports/:id/events` (`import`, `gone`) and `/api/events` (all of them). Each
 * contains the complete changed object, so that a client that missed some events needs only the
 * latest one.
 */
export const EVENTS = {
  /** An import changed: the response of `GET /api/imports/:id`. */
  import: Import,
  /**
   * An import was removed. `by` is the import that replaced it, when its file was read again with
   * other options.
   */
  gone: z.object({ id: ImportId, by: ImportId.nullable() }),
  /** The portal's budget or hold changed: the response of `GET /api/portal`, without its history. */
  portal: Portal.omit({ history: true }),
} as const;
export type EventName = keyof typeof EVENTS;
export type EventData<Name extends EventName> = z.infer<(typeof EVENTS)[Name]>;
