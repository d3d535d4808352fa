import { Problem } from '../../domain/errors/problem.ts';
import { namesOwnResults, ownResultsColumns } from '../results/own-results.ts';
import { findColumns, type GivenColumns, numberedColumns } from '../rows/columns.ts';
import { isData, isHeader, namesColumns } from '../rows/header.ts';
import { garbledText } from '../text/damage.ts';
import { detectEncoding } from '../text/detect-encoding.ts';
import type { Encoding } from '../text/encoding.ts';
import { isGarbled } from '../text/garbled.ts';
import { type Sample, sampleOf } from '../text/sample.ts';
import { readText } from '../text/text.ts';
import type { CsvFormat } from './csv-format.ts';
import { type Delimiter, delimiterName, detectDelimiter } from './delimiter.ts';
import { emptyFile, readFirstRecord } from './first-record.ts';
import { frameRecords } from './frames.ts';
import { readSeparatorLine } from './separator-line.ts';

/** The user's settings for the file; the rest is detected. */
export interface GivenFormat {
  readonly encoding?: Encoding | undefined;
  readonly delimiter?: Delimiter | undefined;
  readonly columns?: GivenColumns;
}

const SAMPLE_RECORDS = 200;

/**
 * Detects how to read a file: the encoding from the whole file, the rest from its beginning.
 *
 * @param open opens the file from its beginning; called several times
 * @throws Problem when the file is empty, is not text, or its columns are ambiguous
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
  if (sample.text.trim() === '') throw emptyFile(fileName);
  if (isGarbled(sample.text)) throw garbledText(fileName);

  const declared = readSeparatorLine(sample.text, fileName);
  const delimiter = given.delimiter ?? declared ?? delimiterOf(sample, fileName, given.columns);
  const skip = declared === undefined ? 0 : 1;
  const first = readFirstRecord(sample, delimiter, { fileName, skip });
  const { group, user, message } = given.columns ?? {};
  const isNamed = Boolean(group || user || message);
  const isResults = !isNamed && namesOwnResults(first.cells);
  const hasHeader = isResults || isHeader(first.cells, delimiter, given.columns);
  const columns = isResults
    ? ownResultsColumns(first, message === false ? message : undefined)
    : hasHeader
      ? findColumns(first, given.columns)
      : numberedColumns(first, given.columns);
  const delimiterBy = given.delimiter ? 'given' : declared ? 'line' : 'content';
  const header = hasHeader ? first.cells.map((cell) => cell.trim()) : null;
  return {
    encoding,
    encodingBy: guess.by,
    newline,
    delimiter,
    delimiterBy,
    hasSeparatorLine: declared !== undefined,
    header,
    columns,
    ...(message === false && { messageOff: true }),
    isResults,
  };
}

/** @throws Problem when several delimiters are equally plausible */
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
