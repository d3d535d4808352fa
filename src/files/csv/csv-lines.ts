import { stringify } from 'csv-stringify/sync';
import type { Delimiter } from './delimiter.ts';
import { escapeFormulas } from './formulas.ts';

/** Begins a CSV, so that Excel reads it as UTF-8. */
export const BOM = '\ufeff';

/** @returns CSV lines that a spreadsheet shows as they are, without running a cell as a formula */
export const csvLines = (
  rows: readonly (readonly (string | number | Date | null)[])[],
  delimiter: Delimiter,
): string =>
  stringify(rows.map(safe), {
    delimiter,
    record_delimiter: '\r\n',
    // Off by default when a record delimiter is given, but a lone LF or CR in a cell needs quotes.
    quote_record_delimiter: true,
  });

const safe = (cells: readonly (string | number | Date | null)[]): (string | number | null)[] =>
  cells.map((cell) => {
    if (cell instanceof Date) return cell.toISOString();
    return typeof cell === 'string' ? escapeFormulas(cell) : cell;
  });
