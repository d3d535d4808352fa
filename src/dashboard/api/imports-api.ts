import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AuditTrail } from '../../server/schemas/audit-schema.ts';
import type { GroupPage } from '../../server/schemas/group-schema.ts';
import type { Import, ImportPage } from '../../server/schemas/import-schema.ts';
import type { PairPage, PersonPage } from '../../server/schemas/pair-schema.ts';
import type { Rate } from '../../server/schemas/rate-schema.ts';
import type { Review } from '../../server/schemas/review-schema.ts';
import type { Reread } from '../../server/schemas/upload-schema.ts';
import { address, fetchJson, post, type Query } from './request.ts';

const path = (id: number, rest = '') => `/api/imports/${id}${rest}`;

/** Removes the leading zeros of ids, such as 007, which the server refuses. */
const plain = (query: Query): Query =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      name.endsWith('_id') ? String(value ?? '').replace(/^0+(?=\d)/, '') : value,
    ]),
  );

export const importsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['imports', query],
    queryFn: ({ signal }) => fetchJson<ImportPage>(address('/api/imports', query), { signal }),
    placeholderData: keepPreviousData,
  });

/** The prefix of all query keys of one import. */
export const importKey = (id: number) => ['import', id] as const;

/** The import that replaced this one; set by events only. */
export const replacementKey = (id: number) => ['replacement', id] as const;

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: [...importKey(id), 'now'],
    queryFn: ({ signal }) => fetchJson<Import>(path(id), { signal }),
  });

export const reviewQuery = (id: number) =>
  queryOptions({
    queryKey: [...importKey(id), 'review'],
    queryFn: ({ signal }) => fetchJson<Review>(path(id, '/review'), { signal }),
    placeholderData: keepPreviousData,
  });

export const rateQuery = (id: number) =>
  queryOptions({
    queryKey: [...importKey(id), 'figures', 'rate'],
    queryFn: ({ signal }) => fetchJson<Rate>(path(id, '/rate'), { signal }),
  });

export const pairsQuery = (id: number, query: Query) =>
  queryOptions({
    queryKey: [...importKey(id), 'figures', 'pairs', query],
    queryFn: ({ signal }) =>
      fetchJson<PairPage>(address(path(id, '/pairs'), plain(query)), { signal }),
    placeholderData: keepPreviousData,
  });

export const groupsQuery = (id: number, query: Query) =>
  queryOptions({
    queryKey: [...importKey(id), 'figures', 'groups', query],
    queryFn: ({ signal }) => fetchJson<GroupPage>(address(path(id, '/groups'), query), { signal }),
    placeholderData: keepPreviousData,
  });

export const auditQuery = (id: number) =>
  queryOptions({
    queryKey: [...importKey(id), 'figures', 'audit'],
    queryFn: ({ signal }) => fetchJson<AuditTrail>(path(id, '/audit'), { signal }),
  });

export const personQuery = (query: Query) =>
  queryOptions({
    queryKey: ['people', query],
    queryFn: ({ signal }) => fetchJson<PersonPage>(address('/api/pairs', plain(query)), { signal }),
    placeholderData: keepPreviousData,
  });

export const resultsAddress = (id: number, query: Query = {}) =>
  address(path(id, '/results.csv'), query);

export type Action = 'start' | 'pause' | 'resume' | 'cancel';

export const act = (id: number, action: Action) => post<Import>(path(id, `/${action}`));

/** What to retry: everything, or one reason. */
export interface RetryOrder {
  reason?: string;
}

export const retry = (id: number, what: RetryOrder) => post<Import>(path(id, '/retry'), what);

/** The returned import can be another one, which replaces the first. */
export const reread = (id: number, how: Partial<Reread>) => post<Import>(path(id, '/reread'), how);
