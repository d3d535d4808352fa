import { isProblem, problem } from '../../messages/problems.ts';
import type { Columns, GivenColumns } from '../rows/columns.ts';
import { isData, namesColumns } from '../rows/header.ts';
import type { Sample } from '../text/sample.ts';
import type { CsvFormat } from './csv-format.ts';
import {
  DELIMITERS,
  type Delimiter,
  delimiterName,
  detectDelimiter,
  splitCells,
} from './delimiter.ts';
import { type FirstRecord, readFirstRecord, sampleRecords } from './first-record.ts';
import { type Frame, frameRecords } from './frames.ts';
import { headerFormat } from './header-format.ts';
import { type LineFormat, tailOf, unquoteLine } from './line-format.ts';
import { readSeparatorLine } from './separator-line.ts';

/** The user's settings for a table; the rest is detected. */
export interface GivenTable {
  readonly delimiter?: Delimiter | undefined;
  readonly columns?: GivenColumns;
  /** Line of the header, from 1; lines before it are no rows. */
  readonly headerLine?: number | undefined;
}

/** What the text of a file determines; see `CsvFormat`. */
export type TableFormat = Omit<CsvFormat, 'encoding' | 'encodingBy' | 'newline'>;

const SAMPLE_RECORDS = 200;

/**
 * Detects how the text of a file is a table.
 *
 * @param sample the beginning of the text, in which only LF ends lines
 * @throws Problem when the file is empty or its columns are ambiguous, with the line that seems to be the
 * header if that is not the first one
 */
export function detectTable(sample: Sample, fileName: string, given: GivenTable): TableFormat {
  try {
    return describeTable(sample, fileName, given);
  } catch (error) {
    if (given.headerLine !== undefined || !isProblem(error, 'column_missing', 'first_row_broken')) {
      throw error;
    }
    const line = Number(error.coded.params.line);
    const header = headerBelow(sample, line, given.columns);
    if (header === undefined) throw error;
    throw problem('header_below', { file: fileName, line, header }, { cause: error });
  }
}

function describeTable(sample: Sample, fileName: string, given: GivenTable): TableFormat {
  const declared = readSeparatorLine(sample.text, fileName);
  const frames = framesFrom(sample, given.headerLine ?? 1);
  if (frames.length === 0 && given.headerLine !== undefined) {
    throw problem('header_line_missing', { file: fileName, line: given.headerLine });
  }
  const quotedLines = areQuotedLines(frames, given.columns);
  const unquoted = ({ text }: Frame) => (quotedLines && unquoteLine(withoutTail(text))) || text;
  const delimiter =
    given.delimiter ?? declared ?? delimiterOf(frames, unquoted, fileName, given.columns);
  const format: LineFormat = { delimiter, ...wrappingOf(frames, delimiter, quotedLines, given) };
  const skip = declared === undefined || given.headerLine !== undefined ? 0 : 1;
  const fromLine = given.headerLine ?? 1;
  const first = readFirstRecord(sample, format, { fileName, skip, fromLine });
  const found = headerFormat(first, delimiter, given);
  const surplus = found.header === null ? 0 : surplusIn(sample, format, first, found.columns);
  return {
    ...format,
    delimiterBy: given.delimiter ? 'given' : declared ? 'line' : 'content',
    hasSeparatorLine: declared !== undefined,
    ...(surplus > 0 && { surplus }),
    ...found,
  };
}

function framesFrom({ text, whole }: Sample, line: number): Frame[] {
  const { frames } = frameRecords(whole ? `${text}\n` : text, 0, 1, SAMPLE_RECORDS + line);
  return frames.filter((frame) => frame.line >= line).slice(0, SAMPLE_RECORDS);
}

const withoutTail = (text: string): string =>
  text.slice(0, text.length - (tailOf(text)?.length ?? 0));

/** Whether the first line is a quoted one with the names of the columns, or a pair, in it. */
function areQuotedLines([first]: readonly Frame[], given: GivenColumns | undefined): boolean {
  const line = first === undefined ? undefined : unquoteLine(withoutTail(first.text.trim()));
  return line !== undefined && DELIMITERS.some((one) => isTable(splitCells(line, one), one, given));
}

const isTable = (cells: readonly string[], delimiter: Delimiter, given: GivenColumns | undefined) =>
  namesColumns(cells, given) || isData(cells, delimiter, given);

/** What a spreadsheet with another list separator has put around the lines. */
function wrappingOf(
  frames: readonly Frame[],
  delimiter: Delimiter,
  quotedLines: boolean,
  { columns }: GivenTable,
): Omit<LineFormat, 'delimiter'> {
  const [first, ...rows] = frames;
  const tail = first && tailOf(first.text);
  if (tail === undefined || tail[0] === delimiter) return quotedLines ? { quotedLines } : {};
  const isInHeader = namesColumns(splitCells(withoutTail(first?.text ?? ''), delimiter), columns);
  const isInAll = rows.every(({ text }) => tailOf(text)?.[0] === tail[0]);
  return isInHeader || quotedLines || isInAll ? { tail, quotedLines: true } : {};
}

/**
 * @returns the number of empty cells after those of the header which all rows have: they end with delimiters
 * that the header lacks
 */
function surplusIn(
  sample: Sample,
  format: LineFormat,
  header: FirstRecord,
  { group, user, count }: Columns,
): number {
  const rows: (readonly string[])[] = [];
  for (const records of sampleRecords(sample, format)) {
    for (const record of records) {
      if (record.line <= header.line || rows.length === SAMPLE_RECORDS) continue;
      if (record.kind === 'record') rows.push(record.cells);
    }
    if (rows.length === SAMPLE_RECORDS) break;
  }
  const surplus = (rows[0]?.length ?? 0) - count;
  const isSame = rows.every(
    (cells) => cells.length === count + surplus && cells.slice(count).every((cell) => cell === ''),
  );
  // Where a number with a comma was divided, all rows can have the same cell too many.
  const canBeShifted =
    format.delimiter === ',' &&
    rows.some((cells) => cells.some((cell, i) => i !== group && i !== user && /^\d+$/.test(cell)));
  return rows.length > 1 && isSame && !canBeShifted ? Math.max(0, surplus) : 0;
}

/** @returns the line of a record below the given one that names the columns */
function headerBelow(
  sample: Sample,
  line: number,
  given: GivenColumns | undefined,
): number | undefined {
  const isNamed = ({ text }: Frame) =>
    DELIMITERS.some((one) => namesColumns(splitCells(text.trim(), one), given));
  return framesFrom(sample, line + 1).find(isNamed)?.line;
}

/** @throws Problem when several delimiters are equally plausible */
function delimiterOf(
  frames: readonly Frame[],
  textOf: (frame: Frame) => string,
  fileName: string,
  given: GivenColumns | undefined,
): Delimiter {
  const [delimiter = ',', ...others] = detectDelimiter(
    frames.map((frame) => textOf(frame).trim()),
    (cells, delimiter) => isTable(cells, delimiter, given),
  );
  if (others.length === 0) return delimiter;
  const names = [delimiter, ...others].map(delimiterName).join(' or ');
  const line = frames[0]?.line ?? 1;
  throw problem('delimiter_unclear', { file: fileName, line, names });
}
