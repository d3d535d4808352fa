import type { Import } from '../../domain/imports/import.ts';
import { MAX_ID } from '../../domain/pairs/ids.ts';
import type { Outcome, Tally } from '../../domain/pairs/outcome.ts';
import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { explain } from '../../messages/explain.ts';
import type { SheetCell } from '../workbook-writer/sheet-xml.ts';
import { type Sheet, writeWorkbook } from '../workbook-writer/workbook-writer.ts';
import type { Originals } from './originals.ts';
import { RESULT_HEADER, resultCells } from './result-cells.ts';

/** Stands at the end of the file, and shows that nobody has changed and saved it. */
export const XLSX_MARK = 'Bulk Invite results';

/** The records of one outcome. */
export interface OutcomeRecords {
  outcome: Outcome;
  records: AsyncIterable<ResultRecord>;
  /** Further columns: the file's own cells. */
  originals: Originals | undefined;
}

/** In characters, in the order of the columns. */
const WIDTHS = [8, 10, 10, 12, 18, 40, 10, 20, 24, 24];
const SOURCE_WIDTH = 20;

/**
 * Results as a workbook in pieces: a summary, and a sheet for each outcome. Ids are numbers, times are
 * UTC, and text is text, so that nothing runs as a formula. Memory does not grow with the records.
 */
export function resultsXlsx(
  found: Import,
  tallies: readonly Tally[],
  outcomes: AsyncIterable<OutcomeRecords>,
): AsyncGenerator<Uint8Array, void> {
  async function* sheets(): AsyncGenerator<Sheet> {
    yield summary(found, tallies);
    for await (const part of outcomes) yield sheetOf(part);
  }
  return writeWorkbook(sheets(), { comment: XLSX_MARK });
}

function summary(
  { id, fileName, portal, createdAt, finishedAt }: Import,
  tallies: readonly Tally[],
): Sheet {
  const rows = tallies.map(({ outcome, reason, count }): SheetCell[] => {
    const { meaning, remedy } = explain(outcome, reason);
    return [outcome, reason, count, meaning, remedy];
  });
  const total = tallies.reduce((sum, { count }) => sum + count, 0);
  const facts: SheetCell[][] = [
    ['import', null, id],
    ['file', null, null, fileName],
    ['portal', null, null, portal],
    ['uploaded (UTC)', null, null, createdAt],
    ...(finishedAt === null ? [] : [['finished (UTC)', null, null, finishedAt]]),
  ];
  return {
    name: 'summary',
    columns: [
      { name: 'outcome', width: 16 },
      { name: 'reason', width: 18 },
      { name: 'count', width: 12 },
      { name: 'meaning', width: 60 },
      { name: 'what to do', width: 60 },
    ],
    rows: [...rows, ['total', null, total], [], ...facts],
  };
}

function sheetOf({ outcome, records, originals }: OutcomeRecords): Sheet {
  const own = RESULT_HEADER.map((name, at) => ({ name, width: WIDTHS[at] ?? SOURCE_WIDTH }));
  const others = (originals?.header ?? []).map((name) => ({ name, width: SOURCE_WIDTH }));
  async function* rows(): AsyncGenerator<SheetCell[]> {
    for await (const record of records) {
      const [line = null, group = null, user = null, ...rest] = resultCells(record);
      const cells = [line, idCell(group), idCell(user), ...rest];
      if (originals !== undefined) cells.push(...(await originals.cellsAt(record.line)));
      yield cells;
    }
  }
  return { name: outcome, columns: [...own, ...others], rows: rows() };
}

/** A number if the cell is an id; rejected rows have cells that are none. */
function idCell(cell: SheetCell): SheetCell {
  const isId = typeof cell === 'string' && /^[1-9]\d{0,9}$/.test(cell) && Number(cell) <= MAX_ID;
  return isId ? Number(cell) : cell;
}
