import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { PortalMoment, Portal as PortalSchema } from '../../server/schemas/portal-schema.ts';
import { fetchJson, post } from './request.ts';

export type Portal = z.infer<typeof PortalSchema>;
export type Moment = z.infer<typeof PortalMoment>;

export const portalQuery = queryOptions({
  queryKey: ['portal'],
  queryFn: ({ signal }) => fetchJson<Portal>('/api/portal', { signal }),
});

/** Tries the held portal at once. */
export const tryNow = () => post<Portal>('/api/portal/try-now');
