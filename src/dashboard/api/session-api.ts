import { queryOptions } from '@tanstack/react-query';
import type { Login, Session } from '../../server/schemas/session-schema.ts';
import { isApiError } from './api-error.ts';
import { fetchJson, post, send } from './request.ts';
import { onServer } from './server-address.ts';

/** The current session; null without login. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }): Promise<Session | null> =>
    fetchJson<Session>('/api/session', { signal }).catch((error: unknown) => {
      if (isApiError(error, 'login_required')) return null;
      throw error;
    }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const logIn = (login: Login) => post<Session>('/api/session', login);

export const logOut = () => send(onServer('/api/session'), { method: 'DELETE' });
