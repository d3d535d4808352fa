import { createContext, use } from 'react';
import type { Session } from '../../server/schemas/session-schema.ts';

export const SessionContext = createContext<Session | null>(null);

/** @returns the current session; for the pages of a logged-in user only */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('nobody is logged in');
  return session;
}

export const useIsAdmin = (): boolean => useSession().role === 'admin';
