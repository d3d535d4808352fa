import { namesOwnResults, ownResultsColumns } from '../results/own-results.ts';
import { findColumns, type GivenColumns, numberedColumns } from '../rows/columns.ts';
import { isHeader } from '../rows/header.ts';
import type { CsvFormat } from './csv-format.ts';
import type { Delimiter } from './delimiter.ts';
import type { FirstRecord } from './first-record.ts';

type HeaderFormat = Pick<
  CsvFormat,
  'header' | 'headerLine' | 'columns' | 'messageOff' | 'isResults'
>;

/**
 * Determines the columns of a file or a sheet from its first record, which is the header or already data.
 *
 * @throws Problem when the columns are missing or ambiguous
 */
export function headerFormat(
  first: FirstRecord,
  delimiter: Delimiter,
  { columns: given, headerLine }: { columns?: GivenColumns; headerLine?: number | undefined },
): HeaderFormat {
  const { group, user, message } = given ?? {};
  const isNamed = Boolean(group || user || message);
  const isResults = !isNamed && namesOwnResults(first.cells);
  const hasHeader =
    isResults || headerLine !== undefined || isHeader(first.cells, delimiter, given);
  const columns = isResults
    ? ownResultsColumns(first, message === false ? message : undefined)
    : hasHeader
      ? findColumns(first, given)
      : numberedColumns(first, given);
  return {
    header: hasHeader ? first.cells.map((cell) => cell.trim()) : null,
    columns,
    ...(headerLine !== undefined && { headerLine }),
    ...(message === false && { messageOff: true }),
    isResults,
  };
}
