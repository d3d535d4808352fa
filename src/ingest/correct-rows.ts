import type { Import, StoredImportState } from '../domain/imports/import.ts';
import type { Directory } from '../domain/pairs/directory.ts';
import { type CsvFormat, parseFormat } from '../files/csv/csv-format.ts';
import { type IssueRow, rejectedRow, rowOf } from '../files/rows/row.ts';
import { type Row, readCells } from '../files/rows/rows.ts';
import { correctIssue } from '../ledger/corrections/correct-issue.ts';
import { findRejects, type Reject } from '../ledger/corrections/corrections.ts';
import type { Db } from '../ledger/db/schema.ts';
import { GroupCells } from '../ledger/pairs/group-cells.ts';
import { ImportEmails } from '../ledger/pairs/import-emails.ts';
import { problem } from '../messages/problems.ts';
import { rowDetail } from '../messages/row-details.ts';
import { combinations, type FoundName, foundNames, type Names, resolveNames } from './entries.ts';
import { keepNames } from './keep-names.ts';
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
  const rows = new Map(
    [...rejects].map(([seq, reject]) => {
      const text = texts.get(reject.line) ?? '';
      return [seq, rowOf(reject.line, rowCells(format, reject, cells, text), format)];
    }),
  );
  const names = await resolveNames([...rows.values()], directory);
  const results: RowCorrection[] = [];
  for (const seq of seqs) {
    const [reject, row] = [rejects.get(seq), rows.get(seq)];
    if (reject === undefined || row === undefined) results.push({ kind: 'not_rejected' });
    else results.push(await correctOne(db, found.id, reject, { row, names }, actor));
  }
  return results;
}

interface ReadRow {
  row: Row;
  /** What the names of this row and of others mean. */
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
  const found = {
    groups: foundAs(entry.groupId, foundNames(names.groups)),
    users: foundAs(entry.userId, foundNames(names.users)),
  };
  const stores = { groups: new GroupCells(importId), emails: new ImportEmails(importId) };
  return correctIssue(db, importId, { seq, ...entry }, actor, (tx) =>
    keepNames(tx, importId, found, stores),
  );
}

/** @returns the names that were found to mean the group or user */
const foundAs = <Id>(
  wanted: Id,
  names: ReadonlyMap<string, FoundName<Id>>,
): Map<string, FoundName<Id>> => new Map([...names].filter(([, { id }]) => id === wanted));

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
