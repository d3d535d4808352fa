import type { FormatOptions, RefusedTable } from '../../../server/schemas/format-schema.ts';
import { delimiterOf, encodingOf } from '../review/file-formats.ts';

export const ROLES = ['group', 'user', 'message'] as const;
export type Role = (typeof ROLES)[number];

/** The values of the form's fields; columns are positions from 1, empty when they are not chosen. */
export interface Choices extends Readonly<Record<Role, string>> {
  readonly encoding: string;
  readonly delimiter: string;
  readonly sheet: string;
  readonly headerLine: string;
}

/** @returns what the form shows first: what was chosen before, else what the file's names make clear */
export function choicesFor(table: RefusedTable | undefined, how: FormatOptions): Choices {
  const columnOf = (name: string | undefined, known: number | null | undefined) => {
    if (name === undefined) return known ? String(known) : '';
    const at = table?.header?.indexOf(name) ?? -1;
    const position = at >= 0 ? at + 1 : Number(name);
    return position >= 1 && position <= (table?.columnCount ?? 0) ? String(position) : '';
  };
  return {
    group: columnOf(how.groupColumn, table?.known.group),
    user: columnOf(how.userColumn, table?.known.user),
    message: columnOf(how.messageColumn, table?.known.message),
    ...readingOf(table),
    ...(table === undefined && {
      encoding: how.encoding ?? '',
      delimiter: how.delimiter ?? '',
      headerLine: how.headerLine === undefined ? '' : String(how.headerLine),
    }),
  };
}

/** How the shown rows were read. */
const readingOf = (table: RefusedTable | undefined) => ({
  encoding: table?.encoding ?? '',
  delimiter: table?.delimiter ?? '',
  sheet: table?.workbook?.sheet ?? '',
  headerLine: table?.headerLine == null ? '' : String(table.headerLine),
});

/** Whether the file must be read in another way first, so that its columns can be other ones. */
export function isOtherReading(table: RefusedTable | undefined, choices: Choices): boolean {
  if (table === undefined) return true;
  const read = readingOf(table);
  return (['encoding', 'delimiter', 'sheet', 'headerLine'] as const).some(
    (name) => choices[name] !== read[name],
  );
}

/** @returns the options for the next upload of the file */
export function optionsFor(table: RefusedTable | undefined, choices: Choices): FormatOptions {
  const isText = table === undefined || (table.workbook === null && table.json === null);
  const headerLine = Number(choices.headerLine);
  const isOther = isOtherReading(table, choices);
  const reading: FormatOptions = {
    ...(isText && {
      encoding: encodingOf(choices.encoding),
      delimiter: delimiterOf(choices.delimiter),
    }),
    ...(choices.sheet !== '' && { sheet: choices.sheet }),
    ...(headerLine >= 1 && { headerLine }),
    ...(!isOther && {
      groupColumn: choices.group || undefined,
      userColumn: choices.user || undefined,
      messageColumn: choices.message || undefined,
    }),
  };
  return Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined));
}

/** @returns the chosen columns as the table of the first rows marks them */
export const rolesIn = (choices: Choices): Readonly<Record<Role, number | undefined>> => ({
  group: Number(choices.group) || undefined,
  user: Number(choices.user) || undefined,
  message: Number(choices.message) || undefined,
});
