import type { Directory } from '../../../src/domain/pairs/directory.ts';
import { detectFormat, type GivenFormat } from '../../../src/files/csv/detect-format.ts';
import { type IngestOptions, type IngestSource, ingest } from '../../../src/ingest/ingest.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';

/** A directory that resolves no email address and no group name. */
export const NOBODY: Directory = {
  usersByEmail: async (emails) => new Map(emails.map((email) => [email, { kind: 'unknown' }])),
  groupsByName: async (names) => new Map(names.map((name) => [name, { kind: 'unknown' }])),
};

export interface TakeOptions extends Partial<IngestOptions> {
  format?: GivenFormat;
}

/**
 * Ingests a CSV into the ledger as the program does.
 *
 * @param open opens the file for reading; called more than once
 * @returns the import's id
 */
export async function takeCsv(
  db: Db,
  source: Omit<IngestSource, 'format'>,
  open: () => AsyncIterable<Uint8Array>,
  { format: given = {}, ...options }: TakeOptions = {},
): Promise<number> {
  const format = await detectFormat(open, source.fileName, given);
  const full = { concurrency: 4, directory: NOBODY, ...options };
  return ingest(db, { ...source, format }, open(), full);
}
