import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Delimiter } from './delimiter.ts';

const OPTIONS = {
  record_delimiter: '\n',
  // Removes blanks around quoted cells, and the CR of a CRLF.
  trim: true,
  // The number of cells is checked where the header is known.
  relax_column_count: true,
};

/** Errors of csv-parse that are caused by the text. */
const RecordError = z.object({
  code: z.enum([
    'INVALID_OPENING_QUOTE',
    'CSV_INVALID_CLOSING_QUOTE',
    'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE',
    'CSV_QUOTE_NOT_CLOSED',
  ]),
  /** Number of records before the refused one. */
  records: z.number(),
  /** Number of the line where csv-parse stopped; a CRLF in quotes counts as two line ends. */
  lines: z.number(),
  /** Offset in bytes of the faulty cell, including the delimiter before it. */
  bytes: z.number(),
  /** Whether the cell had a closing quote. */
  quoting: z.boolean(),
});

export type RecordError = z.infer<typeof RecordError>;

/**
 * Parses records with csv-parse, many at once: a single call costs as much as dozens of records.
 *
 * @param records texts without newlines, none of them blank; all but the last have an even number of
 * quotes
 * @returns the cells of each record, trimmed; or the first error
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
  // Otherwise cells would be assigned to the wrong lines.
  if (cells.length !== records.length) {
    throw new Error(`csv-parse finds ${cells.length} records instead of ${records.length}.`);
  }
  return cells;
}
