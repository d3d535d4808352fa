import { type CsvFormat, parseFormat } from '../../files/csv/csv-format.ts';
import { type Role, roleOf } from '../../files/rows/column-names.ts';
import type { RefusedTable as FoundTable } from '../../ingest/describe-refused.ts';
import type { Format, RefusedTable } from '../schemas/format-schema.ts';

/** @returns how a file was read; null when that is not known */
export function formatView(kept: string): Format | null {
  const format = parseFormat(kept);
  return format === undefined ? null : viewOf(format);
}

/** @returns what the API shows of a refused file */
export function refusedTableView({ format, firstRows }: FoundTable): RefusedTable {
  const { encoding, json, delimiter, header, columnCount, headerLine, workbook } = viewOf(format);
  const found = { encoding, json, delimiter, header, columnCount, headerLine, workbook, firstRows };
  const known = (role: Role) => {
    const [only, ...others] = (header ?? []).flatMap((name, at) =>
      roleOf(name) === role ? [at + 1] : [],
    );
    return others.length === 0 ? (only ?? null) : null;
  };
  return {
    ...found,
    known: { group: known('group'), user: known('user'), message: known('message') },
  };
}

function viewOf(format: CsvFormat): Format {
  const { encoding, encodingBy, delimiter, delimiterBy, header, columns, isResults } = format;
  const { json = null, messageOff = false, workbook = null, headerLine = null } = format;
  const column = (place: number) => ({ number: place + 1, name: header?.[place] ?? null });
  return {
    ...{ json, encoding, encodingBy, delimiter, delimiterBy, header, isResults, messageOff },
    ...{ workbook, headerLine },
    columnCount: columns.count,
    columns: {
      group: column(columns.group),
      user: column(columns.user),
      message: columns.message === undefined ? null : column(columns.message),
    },
  };
}
