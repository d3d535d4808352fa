import { Problem } from '../domain/problem.ts';
import { roleOf } from './column-names.ts';
import { type FirstRecord, findColumns, type GivenColumns, numberedColumns } from './columns.ts';
import { type Delimiter, delimiterName, detectDelimiter } from './delimiter.ts';
import { detectEncoding, type Encoding } from './encoding.ts';
import type { CsvFormat } from './format.ts';
import { frameRecords, RECORD_LIMIT } from './frames.ts';
import { namesOwnResults, ownResultsColumns } from './own-results.ts';
import { RecordReader, type SourceRecord } from './records.ts';
import { groupReferences, userReferences } from './references.ts';
import { readSeparatorLine } from './separator-line.ts';
import { readText } from './text.ts';

/** What a person says about the file; the rest is detected. */
export interface GivenFormat {
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  readonly columns?: GivenColumns;
}

/** More than the longest first record. */
const SAMPLE_CHARACTERS = RECORD_LIMIT + 64 * 1024;
const SAMPLE_RECORDS = 200;
const EXAMPLE = 'It needs a first line like group_id,user_id,message and then one line per pair.';

/**
 * Finds out how a file is to be read: the encoding over the whole of it, the rest over its
 * beginning.
 *
 * @param open begins to read the file, as often as it is called
 * @throws Problem when the file is empty, no text, or leaves open which columns are meant
 */
export async function detectFormat(
  open: () => AsyncIterable<Uint8Array>,
  fileName: string,
  given: GivenFormat = {},
): Promise<CsvFormat> {
  const guess = given.encoding
    ? ({ encoding: given.encoding, by: 'given' } as const)
    : await detectEncoding(open());
  const { encoding } = guess;
  const raw = await sampleOf(readText(open(), { fileName, encoding }));
  const newline = /\r/.test(raw.text) && !/\n/.test(raw.text) ? 'CR' : 'LF';
  const sample = { ...raw, text: newline === 'CR' ? raw.text.replaceAll('\r', '\n') : raw.text };
  if (sample.text.trim() === '') throw empty(fileName);

  const told = readSeparatorLine(sample.text, fileName);
  const delimiter = given.delimiter ?? told ?? delimiterOf(sample, fileName, given.columns);
  const first = firstRecord(sample, delimiter, { fileName, skip: told === undefined ? 0 : 1 });
  const { group, user, message } = given.columns ?? {};
  const isNamed = Boolean(group || user || message);
  const isResults = !isNamed && namesOwnResults(first.cells);
  const hasHeader = isResults || isHeader(first.cells, delimiter, given.columns);
  const columns = isResults
    ? ownResultsColumns(first, message === false ? message : undefined)
    : hasHeader
      ? findColumns(first, given.columns)
      : numberedColumns(first, given.columns);
  const delimiterBy = given.delimiter ? 'given' : told ? 'line' : 'content';
  const header = hasHeader ? first.cells.map((cell) => cell.trim()) : null;
  return {
    encoding,
    encodingBy: guess.by,
    newline,
    delimiter,
    delimiterBy,
    hasSeparatorLine: told !== undefined,
    header,
    columns,
    ...(message === false && { messageOff: true }),
    isResults,
  };
}

const empty = (fileName: string): Problem =>
  new Problem(`${fileName} is empty.`, EXAMPLE, {
    coded: { code: 'file_empty', params: { file: fileName } },
  });

interface Sample {
  text: string;
  /** Whether it is the whole file. */
  whole: boolean;
}

async function sampleOf(pieces: AsyncIterable<string>): Promise<Sample> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length >= SAMPLE_CHARACTERS) return { text, whole: false };
  }
  return { text, whole: true };
}

/** @throws Problem when the file could be read with one as well as with another */
function delimiterOf(
  { text, whole }: Sample,
  fileName: string,
  given: GivenColumns | undefined,
): Delimiter {
  const { frames } = frameRecords(whole ? `${text}\n` : text, 0, 1, SAMPLE_RECORDS);
  const [delimiter = ',', ...others] = detectDelimiter(
    frames.map((frame) => frame.text.trim()),
    (cells, delimiter) => namesColumns(cells, given) || isData(cells, delimiter, given),
  );
  if (others.length === 0) return delimiter;
  const names = [delimiter, ...others].map(delimiterName).join(' or ');
  const line = frames[0]?.line ?? 1;
  throw new Problem(
    `${fileName}, line ${line}: what stands between the cells could be ${names}.`,
    'Say which with --delimiter, or give the columns names in a first line.',
    { coded: { code: 'delimiter_unclear', params: { file: fileName, line } } },
  );
}

/** @throws Problem when the record is broken */
function firstRecord(
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
  if (record === undefined) throw empty(fileName);
  const { line } = record;
  if (record.kind === 'record') return { fileName, line, cells: record.cells };
  throw new Problem(
    `${fileName}, line ${line}: the first row is broken: ${record.detail}.`,
    EXAMPLE,
    { coded: { code: 'first_row_broken', params: { file: fileName, line } } },
  );
}

/** A first record that names both columns is a header; one that holds a pair is none. */
const isHeader = (
  cells: readonly string[],
  delimiter: Delimiter,
  given: GivenColumns | undefined,
): boolean => namesColumns(cells, given) || !isData(cells, delimiter, given);

const namesColumns = (cells: readonly string[], given: GivenColumns = {}): boolean =>
  (['group', 'user'] as const).every((role) => {
    const wanted = given[role]?.trim();
    return wanted === undefined || /^[0-9]+$/.test(wanted)
      ? cells.some((cell) => roleOf(cell) === role)
      : cells.some((cell) => cell.trim().toLowerCase() === wanted.toLowerCase());
  });

/** Ids, or a person's address, stand in no header. */
function isData(
  cells: readonly string[],
  delimiter: Delimiter,
  { group, user }: GivenColumns = {},
): boolean {
  const [groups, users] = [
    groupReferences(cells[placeOf(group, 0)]?.trim() ?? '', delimiter),
    userReferences(cells[placeOf(user, 1)]?.trim() ?? '', delimiter),
  ];
  const isRight = ({ kind }: { kind: string }) => kind !== 'wrong';
  return groups.parts.every(isRight) && users.parts.every(isRight);
}

const placeOf = (given: string | undefined, otherwise: number): number =>
  given !== undefined && /^[0-9]+$/.test(given.trim()) ? Number(given) - 1 : otherwise;
