import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { LiveConnection, type LiveStatus } from './live-connection.ts';

/**
 * Keeps the cache up to date with the server while the page is visible: a browser has only six
 * connections to a server, for all of its tabs together.
 *
 * @returns how the page learns of changes; `live` until events are found missing
 */
export function useLive(): LiveStatus {
  const client = useQueryClient();
  const [status, setStatus] = useState<LiveStatus>('live');
  useEffect(() => {
    const connection = new LiveConnection(client, setStatus);
    const update = () => (document.hidden ? connection.close() : connection.open());
    update();
    document.addEventListener('visibilitychange', update);
    return () => {
      document.removeEventListener('visibilitychange', update);
      connection.close();
    };
  }, [client]);
  return status;
}
