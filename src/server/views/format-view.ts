import type { GivenFormat } from '../../csv/detect-format.ts';
import { parseFormat } from '../../csv/format.ts';
import type { Format, FormatOptions } from '../schemas/format.ts';

/** @returns how a file was understood; null when that is not known */
export function formatView(kept: string): Format | null {
  const format = parseFormat(kept);
  if (format === undefined) return null;
  const { encoding, encodingBy, delimiter, delimiterBy, header, columns, isResults } = format;
  const column = (place: number) => ({ number: place + 1, name: header?.[place] ?? null });
  return {
    ...{ encoding, encodingBy, delimiter, delimiterBy, header, isResults },
    columnCount: columns.count,
    columns: {
      group: column(columns.group),
      user: column(columns.user),
      message: columns.message === undefined ? null : column(columns.message),
    },
  };
}

/** @returns what a person says about a file, as the reader of files takes it */
export function givenFormat(options: FormatOptions): GivenFormat {
  const { groupColumn: group, userColumn: user, messageColumn: message } = options;
  const columns = {
    ...(group !== undefined && { group }),
    ...(user !== undefined && { user }),
    ...(message !== undefined && { message }),
  };
  return {
    encoding: options.encoding,
    delimiter: options.delimiter,
    ...(Object.keys(columns).length > 0 && { columns }),
  };
}
