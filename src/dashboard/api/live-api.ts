import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EventData, EventName } from '../../server/schemas/event-schema.ts';
import { takeGone, takeImport, takePortal } from './apply-event.ts';
import { Figures } from './refetch-throttle.ts';

/** Delay before a reconnect when the browser itself has given up, in milliseconds. */
const PAUSE_MS = 2_000;

/**
 * Keeps the cache up to date with the events of the server while the page is visible: a browser has
 * only six connections to a server, for all of its tabs together.
 *
 * @returns whether the connection is open; true until it is found broken
 */
export function useLive(): boolean {
  const client = useQueryClient();
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    const figures = new Figures(client);
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let missed = false;
    const close = () => {
      clearTimeout(timer);
      source?.close();
      source = undefined;
    };
    const open = () => {
      const opened = new EventSource('/api/events');
      source = opened;
      opened.addEventListener('open', () => {
        setConnected(true);
        // Events were missed meanwhile.
        if (missed) void client.invalidateQueries();
        missed = false;
      });
      opened.addEventListener('error', () => {
        missed = true;
        setConnected(false);
        if (opened.readyState !== EventSource.CLOSED) return;
        void client.invalidateQueries({ queryKey: ['session'] });
        timer = setTimeout(open, PAUSE_MS);
      });
      listen(opened, 'import', (it) => takeImport(client, it, figures));
      listen(opened, 'gone', (it) => takeGone(client, it));
      listen(opened, 'portal', (it) => takePortal(client, it));
    };
    const update = () => {
      close();
      if (document.hidden) missed = true;
      else open();
    };
    update();
    document.addEventListener('visibilitychange', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      close();
      figures.close();
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
