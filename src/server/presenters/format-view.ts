import { parseFormat } from '../../files/csv/csv-format.ts';
import type { Format } from '../schemas/format-schema.ts';

/** @returns how a file was read; null when that is not known */
export function formatView(kept: string): Format | null {
  const format = parseFormat(kept);
  if (format === undefined) return null;
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
