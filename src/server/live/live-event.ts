import { createHash } from 'node:crypto';
import type { EventData, EventName } from '../schemas/event-schema.ts';
import type { Import as ImportView } from '../schemas/import-schema.ts';

/**
 * A change to report to listeners. It contains the whole of what changed. Its id contains the time
 * and a digest, so that it stays meaningful after a restart.
 */
export type LiveEvent = {
  [Name in EventName]: {
    name: Name;
    id: string;
    importId: number | null;
    /** This process sends it for the first time; a new listener may have it already. */
    isFirst?: boolean;
    data: EventData<Name>;
  };
}[EventName];

export const importEvent = (view: ImportView, isFirst = false): LiveEvent => ({
  name: 'import',
  id: eventId(importContent(view)),
  importId: view.id,
  isFirst,
  data: view,
});

export const portalEvent = (data: EventData<'portal'>): LiveEvent => ({
  name: 'portal',
  id: eventId(portalContent(data)),
  importId: null,
  data,
});

export const goneEvent = (id: number, by: number | null): LiveEvent => ({
  name: 'gone',
  id: eventId(`${id}`),
  importId: id,
  data: { id, by },
});

/** The part of an import that counts as a change, without values that change with time alone. */
export function importContent(view: ImportView): string {
  const { perMinute, etaSeconds, waitingUntil, ...rest } = view;
  return JSON.stringify(rest);
}

/** The part of the portal's state that counts as a change. */
export function portalContent(data: EventData<'portal'>): string {
  const { at, ...now } = data.now;
  // Changes with each invitation, which the events of the imports report.
  const { lastHour, ...known } = data;
  return JSON.stringify({ ...known, now });
}

const eventId = (content: string): string =>
  `${Date.now()}-${createHash('sha256').update(content).digest('base64url').slice(0, 10)}`;

/** @returns undefined when an event's id has another format */
export function parseEventId(id: string | undefined): { at: Date; digest: string } | undefined {
  const [, time, digest = ''] = /^(\d{1,15})-([\w-]{10})$/.exec(id ?? '') ?? [];
  return time === undefined ? undefined : { at: new Date(Number(time)), digest };
}
