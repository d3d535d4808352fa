import type { CodedText } from '../domain/text/coded-text.ts';
import type { Db } from '../ledger/db/schema.ts';
import { recordAudit } from '../ledger/imports/audit.ts';
import { setProblem } from '../ledger/imports/import-problem.ts';
import { changeState } from '../ledger/imports/import-state.ts';
import {
  acquireIngestLease,
  LeaseRenewal,
  withIngestLease,
} from '../ledger/imports/ingest-lease.ts';
import { IngestLeaseLost } from '../ledger/imports/ingest-lease-lost.ts';
import { emptyImport } from '../ledger/imports/remove-import.ts';
import { CANCEL } from '../ledger/imports/unfinished-uploads.ts';

/**
 * Removes what was read into an import and cancels the import, unless it has been read completely.
 *
 * @param why the problem of its file: does nothing when another process reads the import by now; or the actor
 * who cancels it: takes the import over from any process that reads it; or `cancelled`: it has been cancelled
 * already, by a process that ended before it was done
 * @returns whether the import is cancelled now
 */
export async function discardImport(
  db: Db,
  importId: number,
  why: { problem: CodedText } | { actor: string } | 'cancelled',
): Promise<boolean> {
  const actor = typeof why === 'object' && 'actor' in why ? why.actor : undefined;
  const lease = await acquireIngestLease(db, importId, { byForce: actor !== undefined });
  if (lease === undefined) return false;
  await using _ = new LeaseRenewal(db, lease);
  try {
    // First: if the process ends meanwhile, the file is not read again and the import not started.
    if (actor !== undefined) {
      await withIngestLease(db, lease, (tx) =>
        recordAudit(tx, { importId, actor, action: CANCEL }),
      );
    }
    await emptyImport(db, lease);
    await withIngestLease(db, lease, async (tx) => {
      await changeState(tx, importId, ['reading'], 'cancelled');
      if (typeof why === 'object' && 'problem' in why) await setProblem(tx, importId, why.problem);
    });
    return true;
  } catch (error) {
    if (!(error instanceof IngestLeaseLost)) throw error;
    return false;
  }
}
