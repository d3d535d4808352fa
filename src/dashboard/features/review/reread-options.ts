import type { Format } from '../../../server/schemas/format-schema.ts';
import type { Reread } from '../../../server/schemas/upload-schema.ts';

type How = Partial<Reread>;
export type Role = keyof Format['columns'];

const FIELDS = { group: 'groupColumn', user: 'userColumn', message: 'messageColumn' } as const;

/** The options that the user set before; the rest is detected again when the file is read again. */
function givenIn(format: Format): How {
  const { encoding, encodingBy, delimiter, delimiterBy, messageOff, workbook, headerLine } = format;
  return {
    ...(encodingBy === 'given' && { encoding }),
    ...(delimiterBy === 'given' && { delimiter }),
    ...(workbook?.sheetBy === 'given' && { sheet: workbook.sheet }),
    ...(messageOff && { messageColumn: false }),
    ...(headerLine !== null && { headerLine }),
  };
}

/** All options as the file was read. */
export function asShown(format: Format): How {
  const { encoding, delimiter, columns, isResults, messageOff, workbook, headerLine } = format;
  const { group, user, message } = columns;
  return {
    ...(workbook === null ? { encoding, delimiter } : { sheet: workbook.sheet }),
    // A results file is recognized by its header only when no columns are named.
    ...(!isResults && {
      groupColumn: String(group.number),
      userColumn: String(user.number),
      ...(message && { messageColumn: String(message.number) }),
    }),
    ...(messageOff && { messageColumn: false }),
    ...(headerLine !== null && { headerLine }),
  };
}

/** With another encoding, delimiter or sheet, the columns can have other names and positions. */
export const otherText = (
  format: Format,
  change: Pick<How, 'encoding' | 'delimiter' | 'sheet'>,
): How => ({
  ...givenIn(format),
  ...change,
});

/** A column that is in use for another role is swapped. @param number empty for none */
export function otherColumn(format: Format, role: Role, number: string): How {
  const before = format.columns[role];
  const displaced = (['group', 'user', 'message'] as const).find(
    (one) => one !== role && String(format.columns[one]?.number) === number,
  );
  return {
    ...asShown(format),
    ...(displaced && { [FIELDS[displaced]]: before ? String(before.number) : null }),
    [FIELDS[role]]: number === '' ? (role === 'message' ? false : null) : number,
  };
}
