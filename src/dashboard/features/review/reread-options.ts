import type { Format } from '../../../server/schemas/format-schema.ts';
import type { Reread } from '../../../server/schemas/upload-schema.ts';

type How = Partial<Reread>;
export type Role = keyof Format['columns'];

const FIELDS = { group: 'groupColumn', user: 'userColumn', message: 'messageColumn' } as const;

/** What a person said before: the rest is detected anew when the file is read again. */
function givenIn({ encoding, encodingBy, delimiter, delimiterBy, messageOff }: Format): How {
  return {
    ...(encodingBy === 'given' && { encoding }),
    ...(delimiterBy === 'given' && { delimiter }),
    ...(messageOff && { messageColumn: false }),
  };
}

/** All of it as it was understood. */
export function asShown({ encoding, delimiter, columns, isResults, messageOff }: Format): How {
  const { group, user, message } = columns;
  return {
    encoding,
    delimiter,
    // Results of an earlier import are known by their header as long as nobody names columns.
    ...(!isResults && {
      groupColumn: String(group.number),
      userColumn: String(user.number),
      ...(message && { messageColumn: String(message.number) }),
    }),
    ...(messageOff && { messageColumn: false }),
  };
}

/** In other letters, or divided otherwise, the columns may have other names and places. */
export const otherText = (format: Format, change: Pick<How, 'encoding' | 'delimiter'>): How => ({
  ...givenIn(format),
  ...change,
});

/**
 * A column that was used for something else changes places with the one that it replaces.
 *
 * @param number none when it is empty
 */
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
