import type { Import } from '../../server/schemas/import.ts';

/** Whether an import is still looked over; one that could not be read never gets further. */
export const isBeforeStart = ({ state, startedAt, problem }: Import): boolean =>
  state === 'checking' || state === 'ready' || (startedAt === null && problem !== null);
