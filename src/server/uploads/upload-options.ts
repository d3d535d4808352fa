import type { FastifyRequest } from 'fastify';
import { Problem } from '../../domain/errors/problem.ts';
import { type FormatOptions, givenFormat } from '../../files/csv/given-format.ts';
import { RefusedFile } from '../../ingest/describe-refused.ts';
import type { ProblemKind } from '../../messages/en/problem-titles-en.ts';
import { refused } from '../http/http-problem.ts';
import { refusedTableView } from '../presenters/format-view.ts';
import type { UploadOptions } from '../schemas/upload-schema.ts';
import type { ServerContext } from '../server-context.ts';
import type { AcceptOptions } from './upload-service.ts';

/** @returns the options of an upload, with the defaults of the settings */
export const optionsOf = (
  fields: Omit<UploadOptions, keyof FormatOptions> & FormatOptions,
  { caller }: FastifyRequest,
  { message }: ServerContext['config'],
): AcceptOptions => ({
  message: fields.message || (message ?? null),
  format: givenFormat(fields),
  start: fields.start ?? false,
  remembered: fields.remembered ?? true,
  actor: caller?.role ?? 'admin',
});

/** Kinds of problems that are not about reading the file. */
const KINDS: Readonly<Record<string, ProblemKind | undefined>> = {
  file_too_large: 'too_large',
  import_moved_on: 'wrong_state',
  start_meanwhile: 'wrong_state',
  key_reused: 'key_reused',
};

/** @throws HttpProblem for a problem of the file, and Problem for one of the ledger */
export async function refusing<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const code = error.coded.code;
    if (code.startsWith('ledger_')) throw error;
    const table = error instanceof RefusedFile ? { table: refusedTableView(error.table) } : {};
    throw refused(KINDS[code] ?? 'unreadable_file', error, table);
  }
}
