import { createHash } from 'node:crypto';
import { Problem } from '../../domain/errors/problem.ts';
import { beginImportOf, type IngestSource } from '../../ingest/ingest.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { recordAudit } from '../../ledger/imports/audit.ts';
import { findKey, type KeyedRequest, rememberKey } from '../../ledger/imports/idempotency-keys.ts';
import { findUnfinished } from '../../ledger/imports/imports-of-file.ts';
import type { IngestLease } from '../../ledger/imports/ingest-lease.ts';
import {
  startsWhenRead,
  UPLOAD,
  UPLOAD_AND_START,
} from '../../ledger/imports/unfinished-uploads.ts';
import { auditDetail } from '../../messages/audit-details.ts';
import type { AcceptOptions, AcceptResult } from './upload-service.ts';

/**
 * Finds the import that the same request has led to, or the unfinished one of the same file, or makes a new
 * one. Belongs into `alone`: of two at once, one finds what the other has made.
 *
 * @throws Problem when the request's key belongs to another request; when the import is to be started and is
 * being read already as one that is not
 */
export async function findOrBegin(
  tx: Db,
  source: IngestSource,
  options: AcceptOptions,
): Promise<AcceptResult | { lease: IngestLease }> {
  const { start, again = false } = options;
  const request = keyedRequest(source, options);
  const known = request && (await findKey(tx, request));
  if (known?.isSame === false) throw keyReused();
  if (known !== undefined) return { importId: known.importId, isNew: known.hasCreated };
  const wanted = { ...source, format: JSON.stringify(source.format) };
  const found = again ? undefined : await findUnfinished(tx, wanted, { orDue: false });
  if (found === undefined) {
    const lease = await begin(tx, source, options);
    if (request !== undefined) await rememberKey(tx, request, lease.importId, true);
    return { lease };
  }
  const { id } = found;
  if (start && found.state === 'reading' && !(await startsWhenRead(tx, id))) {
    throw startMeanwhile(id);
  }
  if (request !== undefined) await rememberKey(tx, request, id, false);
  return { importId: id, isNew: false };
}

/** Makes an import that is about to be read, within a transaction. */
export async function begin(
  tx: Db,
  source: IngestSource,
  { start, actor }: AcceptOptions,
): Promise<IngestLease> {
  const lease = await beginImportOf(tx, source);
  const action = start ? UPLOAD_AND_START : UPLOAD;
  const { importId } = lease;
  await recordAudit(tx, {
    importId,
    actor,
    action,
    detail: auditDetail('file', { file: source.fileName }),
  });
  return lease;
}

function keyedRequest(
  { fileDigest, fileName }: IngestSource,
  { key, format, message, start, again = false }: AcceptOptions,
): KeyedRequest | undefined {
  if (key === undefined) return undefined;
  const content = JSON.stringify([fileDigest, fileName, format, message, start, again]);
  return { key, fingerprint: createHash('sha256').update(content).digest('hex') };
}

const keyReused = () =>
  new Problem(
    'The Idempotency-Key was sent with another request within the last day.',
    'Take a new key for each new request, for example a UUID.',
    { coded: { code: 'key_reused', params: {} } },
  );

const startMeanwhile = (id: number) =>
  new Problem(
    `This file is being read as import ${id}, which is not to be started.`,
    `Start import ${id} when it is read: POST /api/imports/${id}/start.`,
    { coded: { code: 'start_meanwhile', params: { id } } },
  );
