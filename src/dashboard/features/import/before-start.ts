import type { Import } from '../../../server/schemas/import-schema.ts';

/** Whether an import is in review; one that could not be read stays in review. */
export const isBeforeStart = ({ state, startedAt, problem }: Import): boolean =>
  state === 'reading' || state === 'ready' || (startedAt === null && problem !== null);

/** Whether the file of an import is being read, or the import is being checked before its start. */
export const isReviewed = ({ state, progress }: Import): boolean =>
  state === 'reading' || (state === 'ready' && progress !== null);
