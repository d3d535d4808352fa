import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AuditTrail } from '../../server/schemas/audit-schema.ts';
import type { GroupPage } from '../../server/schemas/group-schema.ts';
import type { Import, ImportPage } from '../../server/schemas/import-schema.ts';
import type {
  Correction,
  CorrectionResult,
  PairPage,
  People,
  PersonPage,
  Selection,
} from '../../server/schemas/pair-schema.ts';
import type { Rate } from '../../server/schemas/rate-schema.ts';
import type { Review } from '../../server/schemas/review-schema.ts';
import type { Reread } from '../../server/schemas/upload-schema.ts';
import type { Language } from '../i18n/in-both.ts';
import { address, fetchJson, post, type Query, send } from './request.ts';
import { onServer } from './server-address.ts';

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

export const peopleQuery = (q: string) =>
  queryOptions({
    queryKey: ['people', 'named', q],
    queryFn: ({ signal }) => fetchJson<People>(address('/api/people', { q }), { signal }),
  });

/** A spreadsheet in Russian separates cells by semicolons. */
const delimiterIn = (language: Language): Query => (language === 'ru' ? { delimiter: ';' } : {});

/** The complete address of the results, for a link. */
export const resultsAddress = (id: number, language: Language, query: Query = {}) =>
  onServer(address(path(id, '/results.csv'), { ...query, ...delimiterIn(language) }));

export const workbookAddress = (id: number, query: Query = {}) =>
  onServer(address(path(id, '/results.xlsx'), query));

/** A file that shows what a table should look like. */
export const sampleAddress = (
  name: `${'sample' | 'template'}.${'csv' | 'xlsx'}`,
  language: Language,
) => onServer(address(`/api/${name}`, { language }));

export type Action = 'check' | 'start' | 'pause' | 'resume' | 'cancel';

export const act = (id: number, action: Action) => post<Import>(path(id, `/${action}`));

/** Starts an import with its first invitations alone; it pauses after them. */
export const startFirst = (id: number, first: number) =>
  post<Import>(path(id, '/start'), { first });

export const archive = (id: number, isArchived: boolean) =>
  post<Import>(path(id, isArchived ? '/archive' : '/unarchive'));

export const deleteImport = (id: number) => send(onServer(path(id)), { method: 'DELETE' });

/** What to retry: everything that another try can help, one reason, or chosen pairs. */
export type RetryOrder = Selection;

/** Leaves out those of the chosen pairs that are pending. */
export const leaveOut = (id: number, what: Selection) => post<Import>(path(id, '/leave-out'), what);

/** Corrects a rejected row; the answer can say that it is still wrong. */
export const correct = (id: number, correction: Correction) =>
  post<CorrectionResult>(path(id, '/corrections'), correction);

export const retry = (id: number, what: RetryOrder) => post<Import>(path(id, '/retry'), what);

/** Forgets what was chosen for the header of the import's file. */
export const forgetRemembered = (id: number) =>
  send(onServer(path(id, '/remembered')), { method: 'DELETE' });

/** Changes the text of an import that has not started. */
export const changeMessage = (id: number, message: string | null) =>
  post<Import>(path(id, '/message'), { message });

/** The returned import can be another one, which replaces the first. */
export const reread = (id: number, how: Partial<Reread>) => post<Import>(path(id, '/reread'), how);
