import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Delimiter } from './delimiter.ts';

const OPTIONS = {
  record_delimiter: '\n',
  // Blanks around quoted cells, and the CR of a CRLF.
  trim: true,
  // How many cells a row may have is judged where the header is known.
  relax_column_count: true,
};

/** The errors of csv-parse that are the text's fault. */
const RecordError = z.object({
  code: z.enum([
    'INVALID_OPENING_QUOTE',
    'CSV_INVALID_CLOSING_QUOTE',
    'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE',
    'CSV_QUOTE_NOT_CLOSED',
  ]),
  /** How many records come before the refused one. */
  records: z.number(),
  /** The number of the line where csv-parse stopped; a CRLF in quotes counts as two line ends. */
  lines: z.number(),
  /** Where the cell with the fault begins, the delimiter in front of it included. */
  bytes: z.number(),
  /** Whether the cell has had a closing quote. */
  quoting: z.boolean(),
});

/** Where csv-parse refuses a record, and why. */
export type RecordError = z.infer<typeof RecordError>;

/**
 * Reads records with csv-parse, many at once: a call alone costs as much as dozens of records.
 *
 * @param records the text of each without its newline, none of them blank; all but the last have
 * an even number of quotes
 * @param delimiter what stands between the cells
 * @returns the cells of each record, without the blanks around them
 */
export function parseRecords(
  records: readonly string[],
  delimiter: Delimiter = ',',
): string[][] | RecordError {
  let cells: string[][];
  try {
    cells = parse(`${records.join('\n')}\n`, { ...OPTIONS, delimiter });
  } catch (error) {
    const refusal = RecordError.safeParse(error);
    if (refusal.success) return refusal.data;
    throw error;
  }
  // Else cells would be told from the wrong lines.
  if (cells.length !== records.length) {
    throw new Error(`csv-parse finds ${cells.length} records instead of ${records.length}.`);
  }
  return cells;
}
