import type { CsvFormat } from '../../files/csv/csv-format.ts';
import { delimiterName } from '../../files/csv/delimiter.ts';
import { quoteCell } from '../../files/rows/cell.ts';

/**
 * How a file was read, in one line that a user can check.
 *
 * @example Read as windows-1251 (guessed), delimiter: semicolon; group: “Группа”, user: “Почта”
 */
export function describeFormat(format: CsvFormat): string {
  const { encoding, encodingBy, delimiter, header, columns, isResults } = format;
  const guessed = encodingBy === 'guess' ? ' (guessed)' : '';
  const name = (place: number) =>
    header === null ? `column ${place + 1}` : quoteCell(header[place] ?? '');
  const { group, user, message } = columns;
  const parts = [`group: ${name(group)}`, `user: ${name(user)}`];
  if (message !== undefined) parts.push(`message: ${name(message)}`);
  const kind = isResults
    ? 'results of an earlier import'
    : header === null
      ? 'no header'
      : undefined;
  const how = [`${encoding}${guessed}`, `delimiter: ${delimiterName(delimiter)}`, kind];
  return `Read as ${how.filter(Boolean).join(', ')}; ${parts.join(', ')}`;
}
