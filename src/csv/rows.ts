import type { GroupId, UserId } from '../domain/ids.ts';
import type { CsvFormat } from './format.ts';
import { unescapeFormula } from './own-results.ts';
import type { PlainRecord } from './plain.ts';
import { RecordReader, type SourceRecord } from './records.ts';
import { brokenRow, type Row, rowOf } from './row.ts';
import { readText } from './text.ts';

export type { IssueRow, ListRow, PairRow, Row } from './row.ts';

export interface ReadOptions {
  /** As the person knows the file. */
  fileName: string;
  format: CsvFormat;
}

/**
 * Reads the data rows of a CSV. Streams: the memory does not grow with the file. A header without
 * data rows gives no batches.
 *
 * @param options.batchSize rows per batch; the last is smaller. @default 1000
 * @returns batches of rows in the order of the source, none of them empty
 * @throws Problem when the file is no text in that encoding; rows before the place of damage may
 * have been handed out by then
 */
export async function* readRows(
  source: AsyncIterable<Uint8Array>,
  { fileName, format, batchSize = 1000 }: ReadOptions & { batchSize?: number },
): AsyncGenerator<Row[]> {
  const isPlain = format.columns.count === 2;
  let rows: Row[] = [];
  for await (const records of readRecords(source, { fileName, format }, isPlain ? batchSize : 0)) {
    for (const row of rowsOf(records, format)) {
      if (rows.push(row) < batchSize) continue;
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

/** The data records of a CSV with their cells, as they stand in the file. */
export async function* readCells(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<SourceRecord[]> {
  for await (const records of readRecords(source, options, 0)) {
    if (records.kind === 'any') yield records.records;
  }
}

type Found = { kind: 'plain'; records: PlainRecord[] } | { kind: 'any'; records: SourceRecord[] };

/** @param plain how many records of just two ids may be read at once; 0 reads them as any */
async function* readRecords(
  source: AsyncIterable<Uint8Array>,
  { fileName, format }: ReadOptions,
  plain: number,
): AsyncGenerator<Found> {
  const reader = new RecordReader(format.delimiter);
  let skip = (format.hasSeparatorLine ? 1 : 0) + (format.header === null ? 0 : 1);

  function* found(): Generator<Found> {
    for (;;) {
      const quick = skip === 0 && plain > 0 ? reader.readPlain(plain) : [];
      if (quick.length > 0) {
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

function rowsOf(found: Found, format: CsvFormat): Row[] {
  if (found.kind === 'plain') return plainRows(found.records, format);
  return found.records.map((record) => {
    if (record.kind === 'broken') return brokenRow(record.line, record.detail);
    const cells = format.isResults ? record.cells.map(unescapeFormula) : record.cells;
    return rowOf(record.line, cells, format);
  });
}

/** Their numbers were judged where they were read. */
function plainRows(records: readonly PlainRecord[], { columns }: CsvFormat): Row[] {
  return records.map(({ line, first, second }) => {
    const [groupId, userId] = columns.group === 0 ? [first, second] : [second, first];
    return {
      kind: 'pair',
      line,
      groupId: groupId as GroupId,
      userId: userId as UserId,
      message: undefined,
    };
  });
}
