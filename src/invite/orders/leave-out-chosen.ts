import type { Import } from '../../domain/imports/import.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { leaveOut } from '../../ledger/delivery/leave-out.ts';
import { recordAudit } from '../../ledger/imports/audit.ts';
import { findImport } from '../../ledger/imports/import-store.ts';
import { pendingPairs } from '../../ledger/search/matching-pairs.ts';
import type { WantedRecords } from '../../ledger/search/wanted-records.ts';
import { auditDetail } from '../../messages/audit-details.ts';
import type { LifecycleResult } from '../import-lifecycle.ts';

/**
 * Leaves pending pairs out on a user's order: those that meet the criteria and are in no request get the
 * outcome `cancelled/by_user`. Retrying them sends them after all.
 */
export async function leaveOutChosen(
  db: Db,
  { id, state }: Pick<Import, 'id' | 'state'>,
  actor: string,
  chosen: WantedRecords,
): Promise<LifecycleResult> {
  const pairs = await leaveOut(db, id, await pendingPairs(db, id, chosen));
  const now = (await findImport(db, id))?.state ?? state;
  if (pairs === undefined) return { ok: false, state: now };
  if (pairs > 0) {
    const detail = auditDetail('pairs', { pairs });
    await recordAudit(db, { importId: id, actor, action: 'leave out', detail });
  }
  return { ok: true, state: now, pairs };
}
