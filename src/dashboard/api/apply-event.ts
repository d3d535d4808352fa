import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { EventData } from '../../server/schemas/event-schema.ts';
import type { Import, ImportPage } from '../../server/schemas/import-schema.ts';
import { importKey, importQuery, replacementKey } from './imports-api.ts';
import { type Portal, portalQuery } from './portal-api.ts';
import type { Figures } from './refetch-throttle.ts';

/** Number of entries in the history: one hour at the rate of the server. */
const MOST_MOMENTS = 720;

/** Applies a changed import to the cache. */
export function takeImport(client: QueryClient, now: Import, figures: Figures): void {
  const { queryKey } = importQuery(now.id);
  const before = client.getQueryData(queryKey);
  client.setQueryData(queryKey, now);
  refetchIfFetching(client, queryKey);
  const queries = { queryKey: ['imports'] };
  const lists = client.getQueriesData<ImportPage>(queries);
  const known = lists.flatMap(([, page]) => page?.items ?? []);
  const listed = known.find(({ id }) => id === now.id);
  const isNew = now.id > Math.max(0, ...known.map(({ id }) => id));
  // It may have moved to another list.
  const isElsewhere =
    listed !== undefined && (listed.state !== now.state || listed.archivedAt !== now.archivedAt);
  if (isNew || isElsewhere) void client.invalidateQueries(queries);
  client.setQueriesData<ImportPage>(
    queries,
    (page) => page && { ...page, items: page.items.map((it) => (it.id === now.id ? now : it)) },
  );
  refetchIfFetching(client, queries.queryKey);
  if (stageOf(before) !== stageOf(now)) {
    void client.invalidateQueries({ queryKey: [...importKey(now.id), 'review'] });
  }
  figures.changed(now.id, before?.state !== now.state);
}

const stageOf = (it: Import | undefined) => `${it?.state} ${it?.progress?.what}`;

/** Applies the removal of an import to the cache. */
export function takeGone(client: QueryClient, { id, by }: EventData<'gone'>): void {
  client.setQueryData(replacementKey(id), by);
  void client.invalidateQueries({ queryKey: ['imports'] });
  if (by === null) void client.invalidateQueries({ queryKey: importKey(id) });
}

/** Applies a change of the portal's budget or hold to the cache, and appends it to the history. */
export function takePortal(client: QueryClient, reported: EventData<'portal'>): void {
  client.setQueryData(portalQuery.queryKey, (known): Portal | undefined => {
    if (known === undefined) return undefined;
    const last = known.history.at(-1);
    const isNew = last === undefined || last.at < reported.now.at;
    const history = isNew
      ? [...known.history.slice(1 - MOST_MOMENTS), reported.now]
      : known.history;
    return { ...known, ...reported, history };
  });
  refetchIfFetching(client, portalQuery.queryKey);
}

/** Replaces requests in flight: their answers can be older than the event and would overwrite it. */
function refetchIfFetching(client: QueryClient, queryKey: QueryKey): void {
  if (client.isFetching({ queryKey }) > 0) void client.invalidateQueries({ queryKey });
}
