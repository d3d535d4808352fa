import { detectFormat, type GivenFormat } from '../../src/files/csv/detect-format.ts';
import { RecordReader } from '../../src/files/csv/records.ts';
import { type Row, readRows } from '../../src/files/rows/rows.ts';
import { describeDetails } from '../../src/messages/row-details.ts';

/** The bytes in chunks of the given sizes, in rotation, each followed by an empty chunk. */
export async function* chunked(
  bytes: Uint8Array,
  sizes: readonly number[],
): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    yield new Uint8Array(0);
    at += size;
  }
}

/** @returns all items of the iterable */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** @returns the detected format of a file with this beginning */
export const formatOf = (csv: string | Uint8Array) =>
  detectFormat(() => chunked(Buffer.from(csv), [1_000]), 'test.csv');

/** @returns all rows of a text (or of bytes) read as `test.csv` */
export async function rowsOf(
  source: string | Uint8Array,
  options: { sizes?: readonly number[]; given?: GivenFormat } = {},
): Promise<Row[]> {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source;
  const { sizes = [bytes.length], given } = options;
  const fileName = 'test.csv';
  const open = () => chunked(bytes, sizes);
  const format = await detectFormat(open, fileName, given);
  return all(readRows(open(), { fileName, format }));
}

/** A record's line, and its cells or its fault. */
export type Found = [line: number, cells: string[] | string];

/** @returns all records of a text in pieces */
export function recordsOf(...pieces: string[]): Found[] {
  const found: Found[] = [];
  const records = new RecordReader();
  const readAll = () => {
    for (let batch = records.read(); batch.length > 0; batch = records.read()) {
      for (const record of batch) {
        found.push([
          record.line,
          record.kind === 'record' ? record.cells : (describeDetails([record.detail]) ?? ''),
        ]);
      }
    }
  };
  for (const piece of pieces) {
    records.write(piece);
    readAll();
  }
  records.end();
  readAll();
  return found;
}
