import { createHash } from 'node:crypto';
import type { EventData, EventName } from '../schemas/event-schema.ts';
import type { Import as ImportView } from '../schemas/import-schema.ts';

/**
 * Something that happened, for whoever listens. It holds all of what changed, and its id the time and
 * a digest, so that it means something after a restart, too.
 */
export type LiveEvent = {
  [Name in EventName]: {
    name: Name;
    id: string;
    importId: number | null;
    /** This process has not sent it before: whoever has read the present may know it. */
    isFirst?: boolean;
    data: EventData<Name>;
  };
}[EventName];

/** @returns an import as an event */
export const importEvent = (view: ImportView, isFirst = false): LiveEvent => ({
  name: 'import',
  id: eventId(importContent(view)),
  importId: view.id,
  isFirst,
  data: view,
});

/** @returns the portal as an event */
export const portalEvent = (data: EventData<'portal'>): LiveEvent => ({
  name: 'portal',
  id: eventId(portalContent(data)),
  importId: null,
  data,
});

/** @returns that an import is no more, as an event */
export const goneEvent = (id: number, by: number | null): LiveEvent => ({
  name: 'gone',
  id: eventId(`${id}`),
  importId: id,
  data: { id, by },
});

/** What of an import a person would call a change: not that time goes by. */
export function importContent(view: ImportView): string {
  const { perMinute, etaSeconds, waitingUntil, ...rest } = view;
  return JSON.stringify(rest);
}

/** What of the portal a person would call a change. */
export function portalContent(data: EventData<'portal'>): string {
  const { at, ...now } = data.now;
  return JSON.stringify({ ...data, now });
}

const eventId = (content: string): string =>
  `${Date.now()}-${createHash('sha256').update(content).digest('base64url').slice(0, 10)}`;

/** @returns the time and the digest in an event's id; undefined when it is not one of ours */
export function parseEventId(id: string | undefined): { at: Date; digest: string } | undefined {
  const [, time, digest = ''] = /^(\d{1,15})-([\w-]{10})$/.exec(id ?? '') ?? [];
  return time === undefined ? undefined : { at: new Date(Number(time)), digest };
}
