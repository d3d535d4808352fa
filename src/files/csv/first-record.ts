import { problem } from '../../messages/problems.ts';
import { faultOf } from '../rows/row-faults.ts';
import type { Sample } from '../text/sample.ts';
import type { LineFormat } from './line-format.ts';
import { type CsvRecord, RecordReader } from './records.ts';

/** The file's first record: the header, or the first data row. */
export interface FirstRecord {
  fileName: string;
  line: number;
  cells: readonly string[];
}

/**
 * @param skip number of records before it, and a line that they end before
 * @throws Problem when there is none, or it is broken
 */
export function readFirstRecord(
  sample: Sample,
  format: LineFormat,
  { fileName, skip, fromLine = 1 }: { fileName: string; skip: number; fromLine?: number },
): FirstRecord {
  const found: CsvRecord[] = [];
  for (const records of sampleRecords(sample, format)) {
    found.push(...records.filter(({ line }) => line >= fromLine));
    if (found.length > skip) break;
  }
  const record = found[skip];
  if (record === undefined) throw problem('file_empty', { file: fileName });
  const { line } = record;
  if (record.kind === 'record') return { fileName, line, cells: record.cells };
  throw problem('first_row_broken', { file: fileName, line, ...faultOf(record.detail) });
}

/** Reads the records at the beginning of a file, many at once. */
export function* sampleRecords(
  { text, whole }: Sample,
  format: LineFormat,
): Generator<CsvRecord[]> {
  const reader = new RecordReader(format);
  reader.write(text);
  for (let isEnded = false; ; ) {
    const records = reader.read();
    if (records.length > 0) yield records;
    else if (isEnded || !whole) return;
    else {
      reader.end();
      isEnded = true;
    }
  }
}
