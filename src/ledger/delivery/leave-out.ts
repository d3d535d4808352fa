import type { StoredImportState } from '../../domain/imports/import.ts';
import type { Db } from '../db/schema.ts';
import { changeImport } from '../imports/change-import.ts';
import { findImport } from '../imports/import-store.ts';
import { divideByChunk, type PairKey } from './divide-by-chunk.ts';
import { recordOutcomes } from './record-outcomes.ts';

const LEFT_OUT = { outcome: 'cancelled', reason: 'by_user' } as const;
const STATES: readonly StoredImportState[] = ['ready', 'running', 'paused'];
/** Pairs per transaction, so that other processes can write in between. */
const PAIRS = 500;

/**
 * Gives those of the pairs that are pending and in no request the outcome `cancelled/by_user`. The import
 * must be ready, running or paused.
 *
 * @returns how many pairs were left out; undefined in another state
 */
export async function leaveOut(
  db: Db,
  importId: number,
  pairs: readonly PairKey[],
): Promise<number | undefined> {
  let count = 0;
  if (!(await canLeaveOut(db, importId))) return undefined;
  for (const [number, some] of await divideByChunk(db, importId, pairs)) {
    for (let at = 0; at < some.length; at += PAIRS) {
      const seqs = some.slice(at, at + PAIRS).map(({ seq }) => seq);
      count += await changeImport(db, importId, (tx) => leaveOutSome(tx, importId, number, seqs));
    }
  }
  return count;
}

async function canLeaveOut(db: Db, importId: number): Promise<boolean> {
  const state = (await findImport(db, importId))?.state;
  return state !== undefined && STATES.includes(state);
}

async function leaveOutSome(
  tx: Db,
  importId: number,
  number: number,
  seqs: readonly number[],
): Promise<number> {
  if (!(await canLeaveOut(tx, importId))) return 0;
  const waiting = await tx
    .selectFrom('pairs')
    .select('seq')
    .where('import_id', '=', importId)
    .where('seq', 'in', seqs)
    .where('outcome', '=', 'pending')
    .where('seq', 'not in', (eb) =>
      eb
        .selectFrom('sent_pairs')
        .select('sent_pairs.seq')
        .where('sent_pairs.import_id', '=', importId)
        .where('sent_pairs.chunk', '=', number),
    )
    .execute();
  const settlements = waiting.map(({ seq }) => ({ seq, verdict: LEFT_OUT }));
  return recordOutcomes(tx, { import_id: importId, number }, settlements);
}
