import type { GroupId, UserId } from '../domain/ids.ts';
import { Problem } from '../domain/problem.ts';
import { type Columns, findColumns } from './columns.ts';
import type { PlainRecord } from './plain.ts';
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
    for (const found of foundRows()) {
      for (const row of found) {
        if (rows.push(row) < batchSize) continue;
        yield rows;
        rows = [];
      }
    }
  }

  function* foundRows(): Generator<Row[]> {
    for (;;) {
      const plain = columns?.count === 2 ? records.readPlain(batchSize) : [];
      if (columns !== undefined && plain.length > 0) {
        yield plainRows(plain, columns);
        continue;
      }
      let found = records.read();
      const [first] = found;
      if (first === undefined) return;
      if (columns === undefined) {
        columns = columnsOf(first, fileName);
        found = found.slice(1);
      }
      yield recordRows(found, columns);
    }
  }

  for await (const text of readText(source, { fileName, encoding: 'utf-8' })) {
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

const recordRows = (records: readonly SourceRecord[], columns: Columns): Row[] =>
  records.map((record) =>
    record.kind === 'record'
      ? rowOf(record.line, record.cells, columns)
      : brokenRow(record.line, record.detail),
  );

/** Their numbers were judged where they were read. */
function plainRows(records: readonly PlainRecord[], { group }: Columns): Row[] {
  return records.map(({ line, first, second }) => {
    const [groupId, userId] = group === 0 ? [first, second] : [second, first];
    return {
      kind: 'pair',
      line,
      groupId: groupId as GroupId,
      userId: userId as UserId,
      message: undefined,
    };
  });
}
