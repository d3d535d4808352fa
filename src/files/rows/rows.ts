import type { GroupId, UserId } from '../../domain/pairs/ids.ts';
import type { CsvFormat } from '../csv/csv-format.ts';
import { unescapeFormulas } from '../csv/formulas.ts';
import type { PlainRecords } from '../csv/plain.ts';
import { RecordReader, type SourceRecord } from '../csv/records.ts';
import { readText } from '../text/text.ts';
import { brokenRow, type PairRow, type Row, rowOf } from './row.ts';

export type { IssueRow, ListRow, PairRow, Row } from './row.ts';

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
 * Reads the data rows of a CSV as a stream: the memory does not grow with the file. A header without
 * data rows yields nothing.
 *
 * @returns the rows in the order of the source, without empty stretches
 * @throws Problem when the file is not text in that encoding; rows before the damage can have been
 * yielded by then
 */
export async function* readStretches(
  source: AsyncIterable<Uint8Array>,
  { fileName, format }: ReadOptions,
): AsyncGenerator<Stretch> {
  const plain = format.columns.count === 2 ? STRETCH : 0;
  for await (const found of readRecords(source, { fileName, format }, plain)) {
    if (found.kind === 'plain') yield plainRows(found.records, format);
    else yield { kind: 'rows', count: found.records.length, rows: rowsOf(found.records, format) };
  }
}

/** Reads the same rows one by one. */
export async function* readRows(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<Row> {
  for await (const stretch of readStretches(source, options)) {
    yield* stretch.kind === 'rows' ? stretch.rows : pairsOf(stretch);
  }
}

/** Reads the data records of a CSV with their cells as in the file. */
export async function* readCells(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<SourceRecord[]> {
  for await (const found of readRecords(source, options, 0)) {
    if (found.kind === 'any') yield found.records;
  }
}

type Found = { kind: 'plain'; records: PlainRecords } | { kind: 'any'; records: SourceRecord[] };

/** @param plain most plain records to read at once; 0 reads them like all others */
async function* readRecords(
  source: AsyncIterable<Uint8Array>,
  { fileName, format }: ReadOptions,
  plain: number,
): AsyncGenerator<Found> {
  const reader = new RecordReader(format.delimiter);
  let skip = (format.hasSeparatorLine ? 1 : 0) + (format.header === null ? 0 : 1);

  function* found(): Generator<Found> {
    for (;;) {
      const quick = skip === 0 && plain > 0 ? reader.readPlain(plain) : undefined;
      if (quick !== undefined && quick.count > 0) {
        yield { kind: 'plain', records: quick };
        continue;
      }
      const records = reader.read();
      if (records.length === 0) return;
      const skipped = Math.min(skip, records.length);
      skip -= skipped;
      if (skipped < records.length) yield { kind: 'any', records: records.slice(skipped) };
    }
  }

  for await (const text of readText(source, { fileName, encoding: format.encoding })) {
    reader.write(format.newline === 'CR' ? text.replaceAll('\r', '\n') : text);
    yield* found();
  }
  reader.end();
  yield* found();
}

const rowsOf = (records: readonly SourceRecord[], format: CsvFormat): Row[] =>
  records.map((record) => {
    if (record.kind === 'broken') return brokenRow(record.line, record.detail);
    const cells = format.isResults ? record.cells.map(unescapeFormulas) : record.cells;
    return rowOf(record.line, cells, format);
  });

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
