import { PassThrough } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { importsInMotion, newestDrafts } from '../../ledger/imports/import-store.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { importEvent, type LiveEvent, parseEventId, portalEvent } from '../live/live-event.ts';
import { EVENTS, type EventName, HEARTBEAT_MS } from '../schemas/event-schema.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import type { ServerContext } from '../server-context.ts';
import { answer, problemsOnly, Text } from './answers.ts';

/** A page reconnects after this time, in milliseconds. */
const RETRY_MS = 1_000;
/** A listener with more unsent bytes than this is disconnected. */
const BEHIND_BYTES = 1_000_000;
/** Changes from this long before the last event are sent again, in milliseconds. */
const OVERLAP_MS = 5_000;
/** Number of drafts sent at first, as many as a page of the list; old drafts can pile up. */
const MOST_DRAFTS = 50;

/** Without an id: a client that reconnects continues after the last change. */
const HEARTBEAT = 'event: heartbeat\ndata: {}\n\n';

const STREAM = answer(
  'Events, each with `id`, `event` and JSON as `data`: see `x-events`. Send the last `id` as `Last-Event-ID` to continue after it',
  'text/event-stream',
  Text,
  { 'x-accel-buffering': { type: 'string', description: '`no`: proxies must not buffer' } },
);
const response = { 200: STREAM, ...problemsOnly };

/** Describes the data of some events in the API document. */
const dataOf = (...names: EventName[]) => ({
  'x-events': Object.fromEntries(names.map((name) => [name, z.toJSONSchema(EVENTS[name])])),
});

/** Live updates as Server-Sent Events. */
export const eventRoutes =
  ({ app: { db }, live, views, monitor, sessions, ending }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    const open = new Set<PassThrough>();
    ending.addEventListener('abort', () => {
      for (const stream of open) stream.end();
    });

    const stream = async (
      { caller }: FastifyRequest,
      reply: FastifyReply,
      isWanted: (event: LiveEvent) => boolean,
      firstOf: () => Promise<LiveEvent[]>,
    ) => {
      const events = new PassThrough();
      // A stopping server can end the stream while its first events are being read.
      const write = (text: string) => {
        if (events.writable) events.write(text);
      };
      const send = (event: LiveEvent) => {
        if (events.writableEnded) return;
        if (events.writableLength > BEHIND_BYTES) events.destroy();
        else write(toText(event));
      };
      // Events that occur while the current state is read must not be lost.
      const meanwhile: LiveEvent[] = [];
      let onEvent = (event: LiveEvent): void => {
        meanwhile.push(event);
      };
      const ignore = live.listen((event) => {
        if (isWanted(event)) onEvent(event);
      });
      const heartbeat = setInterval(() => {
        write(HEARTBEAT);
        // A stream that outlasts its session ends, and the user must log in again.
        if (caller?.session && sessions.isOver(caller.session)) events.end();
      }, HEARTBEAT_MS);
      open.add(events);
      events.once('close', () => {
        clearInterval(heartbeat);
        ignore();
        open.delete(events);
      });
      write(`retry: ${RETRY_MS}\n\n${HEARTBEAT}`);
      if (ending.aborted) events.end();
      const first = await firstOf().catch((error: unknown) => {
        // A stream that is not part of a response would never be closed.
        events.destroy();
        throw error;
      });
      for (const event of [...meanwhile, ...first].toSorted(byTime)) send(event);
      onEvent = send;
      return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(events);
    };

    app.get(
      '/api/imports/:id/events',
      { schema: { params: ImportPath, response, ...dataOf('import', 'gone', 'heartbeat') } },
      async (request, reply) => {
        const found = await findImportOr404(db, request.params.id);
        let known = lastEvent(request)?.digest;
        /** @returns whether the listener already has the event, which becomes its last one */
        const isKnown = ({ id }: LiveEvent): boolean => {
          const before = known;
          known = parseEventId(id)?.digest;
          return known === before;
        };
        return stream(
          request,
          reply,
          // The first event of a new server is not new to a listener of the previous one.
          (event) => event.importId === found.id && !(isKnown(event) && event.isFirst === true),
          async () => {
            const now = importEvent(await views.showOne(await findImportOr404(db, found.id)));
            return isKnown(now) ? [] : [now];
          },
        );
      },
    );

    app.get(
      '/api/events',
      { schema: { response, ...dataOf('import', 'gone', 'portal', 'heartbeat') } },
      async (request, reply) => {
        const at = lastEvent(request)?.at.getTime() ?? Date.now();
        return stream(
          request,
          reply,
          () => true,
          async () => {
            const imports = await importsInMotion(db, new Date(at - OVERLAP_MS));
            const drafts = await newestDrafts(db, MOST_DRAFTS);
            const present = await views.show([...imports, ...drafts]);
            const changed = present.map((view) => importEvent(view));
            return [...changed, portalEvent(await monitor.now())];
          },
        );
      },
    );
  };

const lastEvent = ({ headers }: FastifyRequest) => {
  const id = headers['last-event-id'];
  return parseEventId(Array.isArray(id) ? id[0] : id);
};

const byTime = (a: LiveEvent, b: LiveEvent): number =>
  (parseEventId(a.id)?.at.getTime() ?? 0) - (parseEventId(b.id)?.at.getTime() ?? 0);

const toText = ({ id, name, data }: LiveEvent): string =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
