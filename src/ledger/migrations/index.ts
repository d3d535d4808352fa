import type { Kysely } from 'kysely';
import type { SchemaParts } from '../schema.ts';
import { up as ledger } from './0001-ledger.ts';

type Step = (db: Kysely<unknown>, parts: SchemaParts) => Promise<void>;

/** All steps in the order of their names; a step that was released is never changed. */
export const MIGRATIONS: Readonly<Record<string, Step>> = {
  '0001-ledger': ledger,
};
