import { Problem } from '../../domain/errors/problem.ts';
import { isProblem, problem } from '../../messages/problems.ts';
import { detectJson } from '../json/detect-json.ts';
import { jsonShapeOf } from '../json/json-shape.ts';
import { hasForeignCells } from '../rows/foreign-cells.ts';
import { isData } from '../rows/header.ts';
import { detectEncoding } from '../text/detect-encoding.ts';
import type { Encoding } from '../text/encoding.ts';
import { isGarbled } from '../text/garbled.ts';
import { type Sample, sampleOf } from '../text/sample.ts';
import { readText } from '../text/text.ts';
import type { CsvFormat } from './csv-format.ts';
import { detectTable, type GivenTable, type TableFormat } from './detect-table.ts';
import { hasLoneCr, lineFeeds, type Newline, newlinesIn } from './line-ends.ts';
import { parseRecords } from './parse.ts';

/** The user's settings for the file; the rest is detected. */
export interface GivenFormat extends GivenTable {
  readonly encoding?: Encoding | undefined;
  /** Name of the sheet to read; only in a workbook. */
  readonly sheet?: string | undefined;
}

/**
 * Detects how to read a file: the encoding from the whole file, the rest from its beginning.
 * An encoding that the user sets is not doubted.
 *
 * @param open opens the file from its beginning; called several times
 * @throws Problem when the file is empty, is not text, its columns are ambiguous, or it depends on an encoding
 * that is not certain what would be sent or looked up
 */
export async function detectFormat(
  open: () => AsyncIterable<Uint8Array>,
  fileName: string,
  given: GivenFormat = {},
): Promise<CsvFormat> {
  if (given.encoding) {
    return formatIn({ encoding: given.encoding, encodingBy: 'given' }, open, fileName, given);
  }
  const { encoding, by: encodingBy, suspected } = await detectEncoding(open());
  const detect = () => formatIn({ encoding, encodingBy }, open, fileName, given);
  if (suspected === undefined) return detect();
  const format = await detect().catch((error: unknown) => {
    // The header can be unknown only because it was read in a wrong encoding.
    if (isProblem(error, 'column_missing', 'delimiter_unclear', 'first_row_broken')) return;
    throw error;
  });
  if (format !== undefined && !(await hasForeignCells(open(), { fileName, format }))) return format;
  throw problem('encoding_unclear', { file: fileName, suspected });
}

async function formatIn(
  given: Pick<CsvFormat, 'encoding' | 'encodingBy'>,
  open: () => AsyncIterable<Uint8Array>,
  fileName: string,
  settings: GivenFormat,
): Promise<CsvFormat> {
  const { encoding } = given;
  const sample = await sampleOf(readText(open(), { fileName, encoding }));
  if (sample.text.trim() === '') throw problem('file_empty', { file: fileName });
  if (isGarbled(sample.text)) throw problem('text_garbled', { file: fileName });

  const shape = jsonShapeOf(sample.text, fileName);
  if (shape !== undefined) {
    const found = await detectJson(open(), { fileName, encoding, shape }, settings.columns);
    return {
      ...given,
      ...{ newline: 'LF', delimiter: ',', delimiterBy: 'content' },
      ...{ hasSeparatorLine: false, isResults: false, ...found },
      ...(settings.columns?.message === false && { messageOff: true }),
    };
  }

  return { ...given, ...detectLines(sample, fileName, settings) };
}

function detectLines(
  sample: Sample,
  fileName: string,
  given: GivenTable,
): TableFormat & { newline: Newline } {
  const newline = newlinesIn(sample.text);
  if (newline === 'LF') return { newline, ...detectTable(sample, fileName, given) };
  const divided = { ...sample, text: lineFeeds(sample.text) };
  if (newline === 'CR') return { newline, ...detectTable(divided, fileName, given) };
  const table = unlessRefused(() => detectTable(divided, fileName, given));
  if (table !== undefined && areRows(sample.text, table)) return { newline: 'CR', ...table };
  // A CR within a row belongs to a text; reading rejects that row.
  return { newline: 'LF', ...detectTable(sample, fileName, given) };
}

function unlessRefused<T>(detect: () => T): T | undefined {
  try {
    return detect();
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** Whether each CR that stands alone separates two rows, or the header and a row. */
function areRows(text: string, { delimiter, columns, header }: TableFormat): boolean {
  const given = { group: `${columns.group + 1}`, user: `${columns.user + 1}` };
  const rows = text.split('\n').flatMap((line) => (hasLoneCr(line) ? line.split('\r') : []));
  return rows.every((row) => {
    if (row.trim() === '') return true;
    const [cells] = asRecords(parseRecords([row], delimiter));
    if (cells === undefined) return false;
    return isData(cells, delimiter, given) || cells.join('\n') === header?.join('\n');
  });
}

const asRecords = (found: ReturnType<typeof parseRecords>) => (Array.isArray(found) ? found : []);
