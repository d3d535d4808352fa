import { untilLedgerIsBack } from '../../ledger/db/away.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { changeImport } from '../../ledger/imports/change-import.ts';
import type { PipelineContext } from '../pipeline-context.ts';

/** Longest wait for a ledger that is unreachable, in milliseconds: longer than a restart of its server. */
const RECORDED_WITHIN_MS = 120_000;

/**
 * Records the answer to a request in one transaction. Waits for a ledger that is unreachable.
 *
 * @param signal ends that wait
 * @throws the ledger's error when it stays unreachable
 */
export async function recordAnswer(
  { db, clock, random, log }: PipelineContext,
  { importId, requestId }: { importId: number; requestId: string },
  record: (tx: Db) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const act = () => changeImport(db, importId, record);
  const onAway = (error: unknown) =>
    log.warn(
      { importId, requestId, err: error },
      'the ledger cannot be reached: an answer is kept in memory until it can be recorded',
    );
  const wait = { clock, random, withinMs: RECORDED_WITHIN_MS };
  await untilLedgerIsBack(act, { ...wait, signal, onAway });
}
