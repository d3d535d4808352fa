import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { CsvFormat } from '../csv/csv-format.ts';
import { unescapeFormulas } from '../csv/formulas.ts';
import { withLineFeeds } from '../csv/line-ends.ts';
import type { PlainRecords } from '../csv/plain.ts';
import { RecordReader, type SourceRecord } from '../csv/records.ts';
import { readJsonRecords } from '../json/json-records.ts';
import { readText } from '../text/text.ts';
import { sheetRecords, WorkbookFile } from '../workbook/sheet-records.ts';
import { brokenRow, hiddenRow, type PairRow, type Row, rejectedRow, rowOf } from './row.ts';

export type { IssueRow, ListRow, PairRow, Row } from './row.ts';

/** What a file's rows are read from: its bytes, or a workbook. */
export type Content = AsyncIterable<Uint8Array> | WorkbookFile;

export interface ReadOptions {
  /** Name of the file for messages. */
  fileName: string;
  format: CsvFormat;
}

/** Rows that consist of one pair on one line, stored in columns: a file can have millions. */
export interface PlainRows {
  kind: 'plain';
  /** Line of the first row. */
  line: number;
  count: number;
  groups: Uint32Array;
  users: Uint32Array;
}

/** Consecutive rows of the file. */
export type Stretch = PlainRows | { kind: 'rows'; count: number; rows: readonly Row[] };

/** Most plain rows of a stretch. */
const STRETCH = 10_000;

/**
 * Reads the data rows of a file as a stream: the memory does not grow with the file. A header without
 * data rows yields nothing.
 *
 * @returns the rows in the order of the source, without empty stretches
 * @throws Problem when the file is not text in that encoding; rows before the damage can have been
 * yielded by then
 */
export async function* readStretches(
  source: Content,
  { fileName, format }: ReadOptions,
): AsyncGenerator<Stretch> {
  const plain = format.columns.count === 2 ? STRETCH : 0;
  for await (const found of readRecords(source, { fileName, format }, plain)) {
    if (found.kind === 'plain') yield plainRows(found.records, format);
    else yield { kind: 'rows', count: found.records.length, rows: rowsOf(found.records, format) };
  }
}

/** Reads the same rows one by one. */
export async function* readRows(source: Content, options: ReadOptions): AsyncGenerator<Row> {
  for await (const stretch of readStretches(source, options)) {
    yield* stretch.kind === 'rows' ? stretch.rows : pairsOf(stretch);
  }
}

/** Reads the data records of a file with their cells as in the file. */
export async function* readCells(
  source: Content,
  options: ReadOptions,
): AsyncGenerator<SourceRecord[]> {
  for await (const found of readRecords(source, options, 0)) {
    if (found.kind === 'any') yield found.records;
  }
}

type Found = { kind: 'plain'; records: PlainRecords } | { kind: 'any'; records: SourceRecord[] };

/**
 * Reads the records below the header.
 *
 * @param plain most plain records to read at once; 0 reads them like all others
 */
export async function* readRecords(
  source: Content,
  options: ReadOptions,
  plain: number,
): AsyncGenerator<Found> {
  if (!(source instanceof WorkbookFile)) return yield* readCsv(source, options, plain);
  const { header, headerLine = 1 } = options.format;
  let isHeader = header !== null;
  for await (const all of sheetRecords(source, options)) {
    const records = headerLine === 1 ? all : all.filter(({ line }) => line >= headerLine);
    if (records.length === 0) continue;
    yield { kind: 'any', records: isHeader ? records.slice(1) : records };
    isHeader = false;
  }
}

async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  { fileName, format }: ReadOptions,
  plain: number,
): AsyncGenerator<Found> {
  if (format.json !== undefined) {
    const batches = readJsonRecords(source, { fileName, format, shape: format.json });
    for await (const records of batches) yield { kind: 'any', records };
    return;
  }
  const reader = new RecordReader(format);
  const { headerLine = 1 } = format;
  const separatorLines = format.hasSeparatorLine && headerLine === 1 ? 1 : 0;
  let skip = separatorLines + (format.header === null ? 0 : 1);

  function* found(): Generator<Found> {
    for (;;) {
      const quick = skip === 0 && plain > 0 ? reader.readPlain(plain) : undefined;
      if (quick !== undefined && quick.count > 0) {
        yield { kind: 'plain', records: quick };
        continue;
      }
      const read = reader.read();
      const [first] = read;
      if (first === undefined) return;
      const records =
        first.line < headerLine ? read.filter(({ line }) => line >= headerLine) : read;
      const skipped = Math.min(skip, records.length);
      skip -= skipped;
      if (skipped < records.length) yield { kind: 'any', records: records.slice(skipped) };
    }
  }

  const texts = readText(source, { fileName, encoding: format.encoding });
  for await (const text of withLineFeeds(texts, format.newline)) {
    reader.write(text);
    yield* found();
  }
  reader.end();
  yield* found();
}

const rowsOf = (records: readonly SourceRecord[], format: CsvFormat): Row[] =>
  records.map((record) => {
    if (record.kind === 'broken') return brokenRow(record.line, record.detail);
    if (record.kind === 'wrong') return wrongRow(record, format);
    const cells = format.isResults ? record.cells.map(unescapeFormulas) : record.cells;
    return record.isHidden === true
      ? hiddenRow(record.line, cells, format)
      : rowOf(record.line, cells, format, record.lists);
  });

function wrongRow(
  { line, cells, reason, detail }: Extract<SourceRecord, { kind: 'wrong' }>,
  { columns }: CsvFormat,
): Row {
  return rejectedRow(line, reason, [detail], cells[columns.group] ?? '', cells[columns.user] ?? '');
}

function plainRows({ line, count, first, second }: PlainRecords, format: CsvFormat): PlainRows {
  const [groups, users] = format.columns.group === 0 ? [first, second] : [second, first];
  return { kind: 'plain', line, count, groups, users };
}

function* pairsOf({ line, count, groups, users }: PlainRows): Generator<PairRow> {
  for (let i = 0; i < count; i++) {
    // `readPlain` has validated the ids.
    const [groupId, userId] = [groups[i] as GroupId, users[i] as UserId];
    yield { kind: 'pair', line: line + i, groupId, userId, message: undefined };
  }
}
