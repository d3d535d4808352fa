import type { CsvFormat } from '../../files/csv/csv-format.ts';
import { delimiterName } from '../../files/csv/delimiter.ts';
import { quoteCell } from '../../files/rows/cell.ts';

const JSON_SHAPE_NAMES = { array: 'JSON array', lines: 'one JSON object per line' };

/**
 * How a file was read, in one line that a user can check.
 *
 * @example Read as windows-1251 (guessed), delimiter: semicolon; group: “Группа”, user: “Почта”
 * @example Read as utf-8, delimiter: comma, header in line 3; group: “Group”, user: “User”
 * @example Read as workbook (.xlsx), sheet “Team” (hidden, not read: “Old”); group: “Group”, user: “Email”
 */
export function describeFormat(format: CsvFormat): string {
  const { header, headerLine, columns, isResults } = format;
  const name = (at: number) => (header === null ? `column ${at + 1}` : quoteCell(header[at] ?? ''));
  const { group, user, message } = columns;
  const parts = [`group: ${name(group)}`, `user: ${name(user)}`];
  if (message !== undefined) parts.push(`message: ${name(message)}`);
  const kind = isResults
    ? 'results of an earlier import'
    : header === null
      ? 'no header'
      : undefined;
  const place = headerLine === undefined ? undefined : `header in line ${headerLine}`;
  const how = [...containerOf(format), place, kind];
  return `Read as ${how.filter(Boolean).join(', ')}; ${parts.join(', ')}`;
}

function containerOf({ json, encoding, encodingBy, delimiter, workbook }: CsvFormat): string[] {
  if (workbook === undefined) {
    const guessed = encodingBy === 'guess' ? ' (guessed)' : '';
    const divided =
      json === undefined ? `delimiter: ${delimiterName(delimiter)}` : JSON_SHAPE_NAMES[json];
    return [`${encoding}${guessed}`, divided];
  }
  const { type, sheet, sheets } = workbook;
  const namesOf = (isHidden: boolean) =>
    sheets.filter((one) => one.isHidden === isHidden && one.name !== sheet).map(({ name }) => name);
  const others = [
    { what: 'not read', names: namesOf(false) },
    { what: 'hidden, not read', names: namesOf(true) },
  ]
    .filter(({ names }) => names.length > 0)
    .map(({ what, names }) => `${what}: ${names.map(quoteCell).join(', ')}`);
  const rest = others.length > 0 ? ` (${others.join('; ')})` : '';
  return [`workbook (.${type})`, `sheet ${quoteCell(sheet)}${rest}`];
}
