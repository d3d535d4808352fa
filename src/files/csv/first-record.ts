import { Problem } from '../../domain/errors/problem.ts';
import { describeDetails } from '../../messages/row-details.ts';
import { faultOf } from '../rows/row-faults.ts';
import type { Sample } from '../text/sample.ts';
import type { Delimiter } from './delimiter.ts';
import { RecordReader, type SourceRecord } from './records.ts';

/** The file's first record: the names of its columns, or its first row. */
export interface FirstRecord {
  fileName: string;
  line: number;
  cells: readonly string[];
}

const EXAMPLE = 'It needs a first line like group_id,user_id,message and then one line per pair.';

/**
 * Reads the first record of a file.
 *
 * @param skip records that stand before it
 * @throws Problem when there is none, or it is broken
 */
export function readFirstRecord(
  { text, whole }: Sample,
  delimiter: Delimiter,
  { fileName, skip }: { fileName: string; skip: number },
): FirstRecord {
  const reader = new RecordReader(delimiter);
  const found: SourceRecord[] = [];
  reader.write(text);
  const read = () => {
    for (let more = reader.read(); more.length > 0 && found.length <= skip; more = reader.read()) {
      found.push(...more);
    }
  };
  read();
  if (whole) reader.end();
  read();
  const record = found[skip];
  if (record === undefined) throw emptyFile(fileName);
  const { line } = record;
  if (record.kind === 'record') return { fileName, line, cells: record.cells };
  const fault = faultOf(record.detail);
  throw new Problem(
    `${fileName}, line ${line}: the first row is broken: ${describeDetails([record.detail])}.`,
    EXAMPLE,
    { coded: fault && { code: 'first_row_broken', params: { file: fileName, line, ...fault } } },
  );
}

/** @returns what to say of a file without a record */
export const emptyFile = (fileName: string): Problem =>
  new Problem(`${fileName} is empty.`, EXAMPLE, {
    coded: { code: 'file_empty', params: { file: fileName } },
  });
