import { Problem } from '../domain/errors/problem.ts';
import type { CsvFormat } from '../files/csv/csv-format.ts';
import { DELIMITERS } from '../files/csv/delimiter.ts';
import type { GivenFormat } from '../files/csv/detect-format.ts';
import { detectEncoding } from '../files/text/detect-encoding.ts';
import { type Encoding, parseEncoding } from '../files/text/encoding.ts';
import type { ProblemCode } from '../messages/problems.ts';
import { ANY_COLUMNS, describeSource, readHeads } from './describe-source.ts';
import { type FirstRow, readFirstRows } from './first-rows.ts';
import type { KeptSource } from './kept-source.ts';

/** A file that was refused, with what a person needs to choose its columns. */
export class RefusedFile extends Problem {
  readonly table: RefusedTable;

  constructor(refusal: Problem, table: RefusedTable) {
    super(refusal.coded, [refusal.message, refusal.remedy], { cause: refusal });
    this.table = table;
  }
}

/** What a refused file looks like. Its columns in `format` have no meaning: they are to be chosen. */
export interface RefusedTable {
  readonly format: CsvFormat;
  readonly firstRows: FirstRow[];
}

const FIRST_ROWS = 8;
/** Where the header can be below a title. */
const LINES = [2, 3, 4, 5, 6, 7, 8, 9, 10];

/** The problems that another choice of sheet, header line, delimiter, encoding or columns can solve. */
const CHOICE_HELPS: ReadonlySet<string> = new Set<ProblemCode>([
  'column_missing',
  'column_unclear',
  'column_shared',
  'column_number_wrong',
  'column_unknown',
  'column_name_shared',
  'header_below',
  'header_line_missing',
  'first_row_broken',
  'delimiter_unclear',
  'encoding_unclear',
  'encoding_contradicted',
  'text_garbled',
  'json_keys_missing',
  'sheets_unknown',
  'sheet_missing',
]);

/** @returns the problem of a refused file, with what a person needs to choose its columns if that can help */
export async function withTable(
  kept: KeptSource,
  given: GivenFormat,
  refusal: Problem,
): Promise<Problem> {
  const table = await describeRefused(kept, given, refusal);
  return table === undefined ? refusal : new RefusedFile(refusal, table);
}

/**
 * Reads the columns and the first rows of a file that was refused, so that a person can choose the columns.
 *
 * @param given what was chosen; what the problem is about is replaced by what seems to be meant
 * @returns undefined when no choice helps, or the file has not two columns however it is read
 */
async function describeRefused(
  kept: KeptSource,
  given: GivenFormat,
  { coded }: Problem,
): Promise<RefusedTable | undefined> {
  if (!CHOICE_HELPS.has(coded.code)) return undefined;
  const workbook = await readHeads(kept);
  const probable = probableFormat(given, coded);
  // Detected once: it can take reading the whole file.
  const encoding = probable.encoding ?? (await detectEncoding(kept.open())).encoding;
  const describe = (settings: GivenFormat) =>
    describeSource(kept, settings, { portal: '', message: null }, workbook);
  for (const headerLine of [probable.headerLine, ...LINES]) {
    for (const delimiter of [probable.delimiter, ...DELIMITERS]) {
      try {
        const { format } = await describe({ ...probable, encoding, delimiter, headerLine });
        return { format, firstRows: await readFirstRows(kept, format, FIRST_ROWS) };
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    }
  }
  return undefined;
}

/** Any two columns do: the file is only to be shown. */
function probableFormat(given: GivenFormat, { code, params }: Problem['coded']): GivenFormat {
  const [sheet] = String(params.sheets ?? '').split('\n');
  const header = code === 'header_below' ? Number(params.header) : given.headerLine;
  return {
    columns: ANY_COLUMNS,
    delimiter: code === 'delimiter_unclear' ? undefined : given.delimiter,
    encoding: probableEncoding(given, code, params),
    headerLine: code === 'header_line_missing' ? undefined : header,
    sheet: sheet === '' || sheet === undefined ? given.sheet : sheet,
  };
}

function probableEncoding(
  { encoding }: GivenFormat,
  code: string,
  params: Problem['coded']['params'],
): Encoding | undefined {
  if (code === 'encoding_contradicted' || code === 'text_garbled') return undefined;
  const suspected = String(params.suspected ?? '').split(' ');
  return encoding ?? suspected.map(parseEncoding).find((one) => one !== undefined);
}
