import type { Import, StoredImportState } from '../domain/imports/import.ts';
import type { Directory } from '../domain/pairs/directory.ts';
import { type CsvFormat, parseFormat } from '../files/csv/csv-format.ts';
import { type IssueRow, rejectedRow, rowOf } from '../files/rows/row.ts';
import { readCells } from '../files/rows/rows.ts';
import { recordUserNames } from '../ledger/checks/user-name-store.ts';
import { correctIssue } from '../ledger/corrections/correct-issue.ts';
import { findRejects, type Reject } from '../ledger/corrections/corrections.ts';
import type { Db } from '../ledger/db/schema.ts';
import { GroupCells } from '../ledger/pairs/group-cells.ts';
import { ImportEmails } from '../ledger/pairs/import-emails.ts';
import { problem } from '../messages/problems.ts';
import { rowDetail } from '../messages/row-details.ts';
import { combinations, foundNames, idsByName, type Names, resolveNames } from './entries.ts';
import { findSource } from './kept-source.ts';

/** What a correction needs. */
export interface CorrectionWork {
  readonly db: Db;
  readonly dataDir: string;
  readonly directory: Directory;
}

/** The corrected cells; a cell that is not given stays as it is. */
export interface NewCells {
  readonly group?: string | undefined;
  readonly user?: string | undefined;
}

export type RowCorrection =
  | { kind: 'pair' | 'duplicate' }
  /** The row is still wrong, and stays as it is; the reject that it would be. */
  | { kind: 'wrong'; reject: IssueRow }
  /** Somebody else has corrected it, or it never was a reject that another cell can correct. */
  | { kind: 'not_rejected' }
  | { kind: 'wrong_state'; state: StoredImportState };

/**
 * Corrects rejected rows of an import: each becomes a pair with its own text, or a duplicate, or stays. Names and
 * addresses are looked up on the portal.
 *
 * @param seqs places of the rows
 * @returns the results in the order of the places
 * @throws Problem when the portal cannot be read, or the file is needed for the texts and no longer stored
 */
export async function correctRows(
  work: CorrectionWork,
  found: Import,
  seqs: readonly number[],
  cells: NewCells,
  actor: string,
): Promise<RowCorrection[]> {
  const { db, directory } = work;
  const format = parseFormat(found.format);
  const rejects = await findRejects(db, found.id, seqs);
  if (format === undefined) return seqs.map(() => ({ kind: 'not_rejected' }));
  const texts = await readTexts(work, found, format, [...rejects.values()]);
  const results: RowCorrection[] = [];
  for (const seq of seqs) {
    const reject = rejects.get(seq);
    if (reject === undefined) results.push({ kind: 'not_rejected' });
    else {
      const text = texts.get(reject.line) ?? '';
      const row = rowOf(reject.line, rowCells(format, reject, cells, text), format);
      const names = await resolveNames([row], directory);
      results.push(await correctOne(db, found.id, reject, { row, names }, actor));
    }
  }
  return results;
}

interface ReadRow {
  row: ReturnType<typeof rowOf>;
  names: Names;
}

async function correctOne(
  db: Db,
  importId: number,
  { seq, groupCell, userCell }: Reject,
  { row, names }: ReadRow,
  actor: string,
): Promise<RowCorrection> {
  const [entry, ...others] = row.kind === 'list' ? combinations(row, names) : [row];
  if (entry === undefined || others.length > 0) {
    // One place in the results holds one pair.
    const detail = rowDetail('correction_of_several', {});
    return {
      kind: 'wrong',
      reject: rejectedRow(row.line, 'bad_row', [detail], groupCell, userCell),
    };
  }
  if (entry.kind === 'reject') return { kind: 'wrong', reject: entry };
  const [groups, users] = [foundNames(names.groups), foundNames(names.users)];
  return correctIssue(db, importId, { seq, ...entry }, actor, async (tx) => {
    const people = [...users.values()].flatMap(({ id, name }) =>
      name === undefined ? [] : [{ id, name }],
    );
    await new GroupCells(importId).keep(tx, idsByName(groups));
    await new ImportEmails(importId).keep(tx, idsByName(users));
    await recordUserNames(tx, importId, people);
  });
}

/** @returns a record of the file with these cells, and nothing in the columns that are not used */
function rowCells(
  { columns }: CsvFormat,
  { groupCell, userCell }: Reject,
  { group = groupCell, user = userCell }: NewCells,
  text: string,
): string[] {
  const cells = new Array<string>(columns.count).fill('');
  cells[columns.group] = group;
  cells[columns.user] = user;
  if (columns.message !== undefined) cells[columns.message] = text;
  return cells;
}

/** @returns the cells with the invitation texts of the rejects, by line: rejects are stored without them */
async function readTexts(
  { dataDir }: CorrectionWork,
  { fileName, fileDigest }: Import,
  format: CsvFormat,
  rejects: readonly Reject[],
): Promise<ReadonlyMap<number, string>> {
  const texts = new Map<number, string>();
  const { message } = format.columns;
  const wanted = new Set(rejects.map(({ line }) => line));
  if (message === undefined || wanted.size === 0) return texts;
  const kept = findSource(fileDigest, { dataDir, fileName, maxBytes: Number.POSITIVE_INFINITY });
  if (kept === undefined) throw problem('file_gone', { file: fileName });
  for await (const records of readCells(kept.content(format), { fileName, format })) {
    for (const record of records) {
      if (!wanted.delete(record.line)) continue;
      if (record.kind !== 'broken') texts.set(record.line, record.cells[message] ?? '');
      if (wanted.size === 0) return texts;
    }
  }
  return texts;
}
