import { Problem } from '../domain/problem.ts';
import { type Columns, findColumns } from './columns.ts';
import { RecordReader, type SourceRecord } from './records.ts';
import { brokenRow, type Row, rowOf } from './row.ts';
import { readText } from './text.ts';

export type { IssueRow, PairRow, Row } from './row.ts';

const EXAMPLE = 'It needs a first line like group_id,user_id,message and then one line per pair.';

/**
 * Reads a CSV with the columns `group_id` (or `group`), `user_id` (or `user`) and, if it likes,
 * `message`: UTF-8, comma, RFC 4180 quotes, CRLF or LF. Streams: the memory does not grow with the
 * file. A header without data rows gives no batches.
 *
 * @param options.batchSize rows per batch; the last is smaller. @default 1000
 * @returns batches of rows in the order of the source, none of them empty
 * @throws Problem when the file is no CSV in UTF-8, is empty, or lacks a column; rows before the
 * place of damage may have been handed out by then
 */
export async function* readRows(
  source: AsyncIterable<Uint8Array>,
  { fileName, batchSize = 1000 }: { fileName: string; batchSize?: number },
): AsyncGenerator<Row[]> {
  const records = new RecordReader();
  let columns: Columns | undefined;
  let rows: Row[] = [];

  function* fullBatches(): Generator<Row[]> {
    for (let found = records.read(); found.length > 0; found = records.read()) {
      for (const record of found) {
        if (columns === undefined) {
          columns = columnsOf(record, fileName);
          continue;
        }
        const { line } = record;
        const row =
          record.kind === 'record'
            ? rowOf(line, record.cells, columns)
            : brokenRow(line, record.detail);
        if (rows.push(row) < batchSize) continue;
        yield rows;
        rows = [];
      }
    }
  }

  for await (const text of readText(source, fileName)) {
    records.write(text);
    yield* fullBatches();
  }
  records.end();
  yield* fullBatches();
  if (columns === undefined) throw new Problem(`${fileName} is empty.`, EXAMPLE);
  if (rows.length > 0) yield rows;
}

function columnsOf(header: SourceRecord, fileName: string): Columns {
  if (header.kind === 'record') return findColumns(header.cells, fileName, header.line);
  throw new Problem(
    `${fileName}, line ${header.line}: the header is broken: ${header.detail}.`,
    EXAMPLE,
  );
}
