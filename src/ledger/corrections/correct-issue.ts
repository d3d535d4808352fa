import type { StoredImportState } from '../../domain/imports/import.ts';
import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import { MOST_PAIRS_PER_ROW } from '../../domain/pairs/pair-limits.ts';
import type { Db } from '../db/schema.ts';
import { recordAudit } from '../imports/audit.ts';
import { changeImport } from '../imports/change-import.ts';
import { changeState } from '../imports/import-state.ts';
import { findImport } from '../imports/import-store.ts';
import { MessageStore } from '../pairs/message-store.ts';
import { keysAndPairs } from '../pairs/pair-queries.ts';
import { insertRowIssues } from '../pairs/row-issues.ts';
import { insertUserPairs } from '../pairs/user-pairs.ts';
import { addPendingToGroups } from '../tallies/group-tallies.ts';
import { addToTallies } from '../tallies/tallies.ts';
import { addToChunk } from './extend-chunks.ts';

/** What a rejected row means after its correction. */
export interface CorrectedRow {
  /** Its place. */
  seq: number;
  groupId: GroupId;
  userId: UserId;
  /** The row's own invitation text; undefined for the import's. */
  message: string | undefined;
}

export type CorrectionResult =
  | { kind: 'pair' | 'duplicate' }
  /** The row is no reject any more, for example because somebody else has corrected it. */
  | { kind: 'not_rejected' }
  /** The import is in a state without corrections. */
  | { kind: 'wrong_state'; state: StoredImportState };

const STATES: readonly StoredImportState[] = ['ready', 'running', 'paused', 'finished'];

/**
 * Makes a rejected row a pair of its import, or a duplicate of the row that has the pair already, with all counts,
 * in one transaction. A finished import runs again. Its cells in the file are kept with it.
 *
 * @param keepNames stores what the names in the corrected cells mean, in the same transaction
 */
export function correctIssue(
  db: Db,
  importId: number,
  row: CorrectedRow,
  actor: string,
  keepNames: (tx: Db) => Promise<void>,
): Promise<CorrectionResult> {
  const { seq, groupId, userId } = row;
  return changeImport(db, importId, async (tx): Promise<CorrectionResult> => {
    const state = (await findImport(tx, importId))?.state;
    if (state === undefined) return { kind: 'not_rejected' };
    if (!STATES.includes(state)) return { kind: 'wrong_state', state };
    const issue = await tx
      .deleteFrom('row_issues')
      .where('import_id', '=', importId)
      .where('seq', '=', seq)
      .where('outcome', '=', 'rejected')
      .returning(['line', 'reason', 'group_cell', 'user_cell'])
      .executeTakeFirst();
    if (issue === undefined) return { kind: 'not_rejected' };
    const { line, reason, group_cell, user_cell } = issue;
    await countRow(tx, importId, { seq, line });
    await addToTallies(tx, importId, [{ outcome: 'rejected', reason, count: -1 }]);
    await tx
      .insertInto('corrections')
      .values({ import_id: importId, seq, group_cell, user_cell })
      .execute();
    await keepNames(tx);
    await recordAudit(tx, { importId, actor, action: 'correct' });
    const first = await findLineOf(tx, importId, groupId, userId);
    if (first !== undefined) {
      await insertDuplicate(tx, importId, { ...row, line }, first);
      return { kind: 'duplicate' };
    }
    await insertPair(tx, importId, { ...row, line });
    await changeState(tx, importId, ['finished'], 'running');
    return { kind: 'pair' };
  });
}

/** Counts a row as one with a pair, unless another combination of its cells is one already. */
async function countRow(
  tx: Db,
  importId: number,
  { seq, line }: { seq: number; line: number },
): Promise<void> {
  const isAlone = !(await hasEntry(tx, importId, line, [seq - 1, seq + 1], false));
  const reach = [seq - MOST_PAIRS_PER_ROW, seq + MOST_PAIRS_PER_ROW] as const;
  if (!isAlone && (await hasEntry(tx, importId, line, reach, true))) return;
  await tx
    .updateTable('imports')
    .set((eb) => ({ rejected_row_count: eb('rejected_row_count', '-', 1) }))
    .where('id', '=', importId)
    .execute();
}

/** Whether the row on a line has an entry at the places from the first to the second. @param pairsOnly without rejects */
async function hasEntry(
  tx: Db,
  importId: number,
  line: number,
  [from, to]: readonly [number, number],
  pairsOnly: boolean,
): Promise<boolean> {
  for (const table of ['pairs', 'row_issues'] as const) {
    const found = await tx
      .selectFrom(table)
      .select('seq')
      .where('import_id', '=', importId)
      .where('seq', '>=', from)
      .where('seq', '<=', to)
      .where('line', '=', line)
      .$if(pairsOnly, (query) => query.where('outcome', '!=', 'rejected'))
      .limit(1)
      .executeTakeFirst();
    if (found !== undefined) return true;
  }
  return false;
}

/** @returns the line of the pair with the group and the user; undefined when there is none */
async function findLineOf(tx: Db, importId: number, groupId: GroupId, userId: UserId) {
  const row = await keysAndPairs(tx)
    .select('pairs.line')
    .where('pair_keys.import_id', '=', importId)
    .where('pair_keys.group_id', '=', groupId)
    .where('pair_keys.user_id', '=', userId)
    .executeTakeFirst();
  return row?.line;
}

type NewRow = CorrectedRow & { line: number };

async function insertDuplicate(tx: Db, importId: number, row: NewRow, first: number) {
  await insertRowIssues(tx, [
    {
      ...{ import_id: importId, seq: row.seq, line: row.line },
      ...{ outcome: 'duplicate', reason: `of_line_${first}`, detail: null },
      ...{ group_cell: String(row.groupId), user_cell: String(row.userId) },
    },
  ]);
  await addToTallies(tx, importId, [{ outcome: 'duplicate', reason: 'of_line_N', count: 1 }]);
}

async function insertPair(
  tx: Db,
  importId: number,
  { seq, line, groupId, userId, message }: NewRow,
): Promise<void> {
  const texts = message === undefined ? [] : [message];
  const numbers = await new MessageStore(importId).number(tx, texts);
  const key = { import_id: importId, group_id: groupId, user_id: userId, seq };
  await tx
    .insertInto('pairs')
    .values({
      ...key,
      ...{ line, outcome: 'pending', reason: null, detail: null, attempts: 0 },
      ...{ settled_at: null, retry_id: null, message_id: numbers.get(message ?? '') ?? null },
    })
    .execute();
  await tx.insertInto('pair_keys').values(key).execute();
  await insertUserPairs(tx, importId, {
    users: Uint32Array.of(userId),
    seqs: Float64Array.of(seq),
  });
  await addPendingToGroups(tx, importId, new Map([[groupId, 1]]));
  await addToTallies(tx, importId, [{ outcome: 'pending', reason: null, count: 1 }]);
  await addToChunk(tx, importId, { seq, groupId, userId });
}
