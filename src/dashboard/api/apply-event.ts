import type { QueryClient } from '@tanstack/react-query';
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
  const queries = { queryKey: ['imports'] };
  const lists = client.getQueriesData<ImportPage>(queries);
  const known = lists.flatMap(([, page]) => page?.items.map(({ id }) => id) ?? []);
  if (now.id > Math.max(0, ...known)) void client.invalidateQueries(queries);
  client.setQueriesData<ImportPage>(
    queries,
    (page) => page && { ...page, items: page.items.map((it) => (it.id === now.id ? now : it)) },
  );
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
}
