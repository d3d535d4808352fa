import { z } from 'zod';
import { JSON_SHAPES } from '../json/json-shape.ts';
import { ENCODINGS } from '../text/encoding.ts';
import { DELIMITERS } from './delimiter.ts';

const Place = z.int().nonnegative();

const Sheet = z.object({ name: z.string(), isHidden: z.boolean() });

const WorkbookFormat = z.object({
  type: z.enum(['xlsx', 'ods']),
  /** Name of the sheet that is read. */
  sheet: z.string(),
  sheetBy: z.enum(['content', 'given']),
  /** The sheets that hold cells, at most {@link SHEETS_LISTED}. */
  sheets: z.array(Sheet),
});

/** Most sheets that are stored and offered. */
export const SHEETS_LISTED = 100;

/** How to read a file; plain data, so that it can be stored and shown. */
const CsvFormat = z.object({
  encoding: z.enum(ENCODINGS),
  encodingBy: z.enum(['bom', 'content', 'guess', 'given']),
  /** The file holds JSON; its keys are the header. Delimiter and line ends have no meaning then. */
  json: z.enum(JSON_SHAPES).optional(),
  /** `LF`: lines end with LF or CRLF. `CR`: also with CR alone, as on old Macintoshes. */
  newline: z.enum(['LF', 'CR']),
  delimiter: z.enum(DELIMITERS),
  /** `line`: declared in the first line, like `sep=;`. */
  delimiterBy: z.enum(['given', 'line', 'content']),
  hasSeparatorLine: z.boolean(),
  /** Of a file that a spreadsheet with another list separator has saved, see `LineFormat`. */
  tail: z.string().optional(),
  quotedLines: z.boolean().optional(),
  /** Line of the header, from 1, where the user specified it. */
  headerLine: z.int().positive().optional(),
  /** Number of empty cells that all rows have after those of the header. */
  surplus: z.int().nonnegative().optional(),
  /** Column names; null when the first record is data. */
  header: z.array(z.string()).nullable(),
  columns: z.object({ group: Place, user: Place, message: Place.optional(), count: Place }),
  /** The user specified that no column contains invitation texts. */
  messageOff: z.boolean().optional(),
  /** The file is an edited results file of an earlier import. */
  isResults: z.boolean(),
  /** Of a workbook: what was read of it. Its encoding, line ends and delimiter have no meaning. */
  workbook: WorkbookFormat.optional(),
});

export type CsvFormat = z.infer<typeof CsvFormat>;

/** @returns a format that was stored as JSON; undefined for the empty text */
export const parseFormat = (text: string): CsvFormat | undefined =>
  text === '' ? undefined : CsvFormat.parse(JSON.parse(text));
