import { auditDetail } from '../../messages/audit-details.ts';
import { ledgerNow } from '../db/now.ts';
import type { Db } from '../db/schema.ts';
import { recordAudit } from '../imports/audit.ts';

/** A retry, with the number of its pairs and of those that were invited since then. */
export interface LastRetry {
  at: Date;
  reason: string | null;
  pairs: number;
  invited: number;
}

/** Counts invited pairs for the retries that had set them to pending. Call in the transaction that records them. */
export async function countRetried(
  tx: Db,
  invited: readonly { retry_id: number | null }[],
): Promise<void> {
  for (const [id, pairs] of Map.groupBy(invited, ({ retry_id }) => retry_id)) {
    if (id === null) continue;
    await tx
      .updateTable('retries')
      .set((eb) => ({ invited: eb('invited', '+', pairs.length) }))
      .where('id', '=', id)
      .execute();
  }
}

/** Records the results of an import's retries in the audit trail, each once. Call when it finishes. */
export async function recordRetryResults(tx: Db, importId: number): Promise<void> {
  const ended = await tx
    .updateTable('retries')
    .set({ ended_at: ledgerNow(tx) })
    .where('import_id', '=', importId)
    .where('ended_at', 'is', null)
    .returning(['pairs', 'invited'])
    .execute();
  if (ended.length > 0) {
    await tx.deleteFrom('retry_pairs').where('import_id', '=', importId).execute();
  }
  for (const { pairs, invited } of ended) {
    const detail = auditDetail('retried', { pairs, invited });
    await recordAudit(tx, { importId, actor: 'worker', action: 'retry result', detail });
  }
}

/** @returns the last retry of each of the imports that had one */
export async function readLastRetries(
  db: Db,
  importIds: readonly number[],
): Promise<Map<number, LastRetry>> {
  if (importIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('retries')
    .select(['import_id', 'at', 'reason', 'pairs', 'invited'])
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('retries')
        .select((of) => of.fn.max('id').as('id'))
        .where('import_id', 'in', importIds)
        .groupBy('import_id'),
    )
    .execute();
  return new Map(
    rows.map(({ import_id, at, ...retry }) => [import_id, { ...retry, at: new Date(at) }]),
  );
}
