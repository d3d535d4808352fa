import { createHash } from 'node:crypto';
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
import { problem } from '../../messages/problems.ts';
import type { AcceptOptions, AcceptResult } from './upload-service.ts';

/**
 * Finds the import of a request with the same key, or the unfinished import of the same file, or
 * creates a new one. Call it within `withGlobalLock`: of two calls at once, one finds the import of
 * the other.
 *
 * @throws Problem when the request's key belongs to another request; when the import is to be
 * started and its file is already being read as an import that is not
 */
export async function findOrBegin(
  tx: Db,
  source: IngestSource,
  options: AcceptOptions,
): Promise<AcceptResult | { lease: IngestLease }> {
  const { start, again = false } = options;
  const request = keyedRequest(source, options);
  const known = request && (await findKey(tx, request));
  if (known?.isSame === false) throw problem('key_reused', {});
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
    throw problem('start_meanwhile', { id });
  }
  if (request !== undefined) await rememberKey(tx, request, id, false);
  return { importId: id, isNew: false };
}

/** Creates an import that is about to be read, within a transaction. */
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
