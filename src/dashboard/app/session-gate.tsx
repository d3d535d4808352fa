import { createContext, use } from 'react';
import type { Session } from '../../server/schemas/session-schema.ts';

export const SessionContext = createContext<Session | null>(null);

/** @returns who sits there; only within the pages of somebody who is logged in */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('nobody is logged in');
  return session;
}

export const useIsAdmin = (): boolean => useSession().role === 'admin';
