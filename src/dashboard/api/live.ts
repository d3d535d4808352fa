import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EventData, EventName } from '../../server/schemas/events.ts';
import type { Import, ImportPage } from '../../server/schemas/import.ts';
import { importKey, importQuery, successorKey } from './imports.ts';
import { portalQuery } from './portal.ts';

/** How soon to look again, where the browser itself has given up. */
const PAUSE_MS = 2_000;
/** Tables and charts behind a moving import are asked for again no more often than this. */
const FIGURES_MS = 2_500;

/**
 * Keeps what the page knows up to date with what the server tells.
 *
 * @returns whether the line stands; true until it was found broken
 */
export function useLive(): boolean {
  const client = useQueryClient();
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let missed = false;
    const open = () => {
      source = new EventSource('/api/events');
      source.addEventListener('open', () => {
        setConnected(true);
        // What happened meanwhile nobody told.
        if (missed) void client.invalidateQueries();
        missed = false;
      });
      source.addEventListener('error', () => {
        missed = true;
        setConnected(false);
        if (source?.readyState !== EventSource.CLOSED) return;
        void client.invalidateQueries({ queryKey: ['session'] });
        timer = setTimeout(open, PAUSE_MS);
      });
      listen(source, 'import', (it) => takeImport(client, it));
      listen(source, 'gone', ({ id, by }) => {
        client.setQueryData(successorKey(id), by);
        void client.invalidateQueries({ queryKey: ['imports'] });
        if (by === null) void client.invalidateQueries({ queryKey: importKey(id) });
      });
      listen(source, 'portal', (now) => {
        client.setQueryData(portalQuery.queryKey, (known) => known && remember(known, now));
      });
    };
    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [client]);
  return connected;
}

function listen<Name extends EventName>(
  source: EventSource,
  name: Name,
  take: (data: EventData<Name>) => void,
): void {
  source.addEventListener(name, ({ data }: MessageEvent<string>) => take(JSON.parse(data)));
}

function takeImport(client: QueryClient, now: Import): void {
  const { queryKey } = importQuery(now.id);
  const before = client.getQueryData(queryKey);
  client.setQueryData(queryKey, now);
  const lists = client.getQueriesData<ImportPage>({ queryKey: ['imports'] });
  const known = lists.flatMap(([, page]) => page?.items.map(({ id }) => id) ?? []);
  if (now.id > Math.max(0, ...known)) void client.invalidateQueries({ queryKey: ['imports'] });
  client.setQueriesData<ImportPage>(
    { queryKey: ['imports'] },
    (page) => page && { ...page, items: page.items.map((it) => (it.id === now.id ? now : it)) },
  );
  if (stageOf(before) !== stageOf(now)) {
    void client.invalidateQueries({ queryKey: [...importKey(now.id), 'review'] });
  }
  refresh(client, now.id, before?.state !== now.state);
}

const stageOf = (it: Import | undefined) => `${it?.state} ${it?.progress?.what}`;

function refresh(client: QueryClient, id: number, atOnce: boolean): void {
  const queryKey = [...importKey(id), 'figures'];
  const old = Date.now() - FIGURES_MS;
  void client.invalidateQueries({
    queryKey,
    predicate: ({ state }) => atOnce || state.dataUpdatedAt < old,
  });
}

/** The history goes on with what is told, for as long as it is shown. */
function remember<Known extends EventData<'portal'> & { history: EventData<'portal'>['now'][] }>(
  known: Known,
  now: EventData<'portal'>,
): Known {
  const last = known.history.at(-1);
  const isNew = last === undefined || last.at < now.now.at;
  return {
    ...known,
    ...now,
    history: isNew ? [...known.history.slice(-720), now.now] : known.history,
  };
}
