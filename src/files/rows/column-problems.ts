import { Problem } from '../../domain/errors/problem.ts';
import type { FirstRecord } from '../csv/first-record.ts';
import { quoteCell } from './cell.ts';
import { EXAMPLE_NAMES, type Role } from './column-names.ts';

const EXAMPLE = 'The first line names the columns, for example: group_id,user_id,message';
const OPTIONS: Readonly<Record<Role, string>> = {
  group: '--group-column',
  user: '--user-column',
  message: '--message-column',
};
const SHOWN_NAMES = 20;

/** Several columns, at these places, could have the role. */
export function columnUnclear(
  { fileName, line, cells }: FirstRecord,
  role: Role,
  places: readonly number[],
): Problem {
  const columns = list(cells, places);
  return new Problem(
    `${fileName}, line ${line}: ${places.length} columns could be the ${role}: ${columns}.`,
    `Say which with ${OPTIONS[role]}, by name or by number, or rename the others.`,
    { coded: { code: 'column_unclear', params: { file: fileName, line, role, columns } } },
  );
}

/** The user gave a number that no column has. */
export function columnNumberWrong(first: FirstRecord, role: Role, number: number): Problem {
  const { cells } = first;
  const params = { ...about(first, role), number, count: cells.length };
  return new Problem(
    `${optionOf(first, role)} says ${number}, and there are ${cells.length} columns: ${list(cells)}.`,
    'Columns are counted from 1.',
    { coded: { code: 'column_number_wrong', params } },
  );
}

/** The user gave a name that no column has. */
export function columnUnknown(first: FirstRecord, role: Role, wanted: string): Problem {
  const name = quoteCell(wanted);
  const found = list(first.cells);
  return new Problem(
    `${optionOf(first, role)} says ${name}, and no column is called so: ${found}.`,
    'Name one of these, or give its number.',
    { coded: { code: 'column_unknown', params: { ...about(first, role), name, found } } },
  );
}

/** The user gave a name that several columns have, at these places. */
export function columnNameShared(
  first: FirstRecord,
  role: Role,
  wanted: string,
  places: readonly number[],
): Problem {
  const name = quoteCell(wanted);
  const columns = list(first.cells, places);
  return new Problem(
    `${optionOf(first, role)} says ${name}, and ${places.length} columns are called so: ${columns}.`,
    'Give the number of the column instead.',
    { coded: { code: 'column_name_shared', params: { ...about(first, role), name, columns } } },
  );
}

/** The column at this place would have two roles. */
export function columnShared({ fileName, line, cells }: FirstRecord, place: number): Problem {
  const column = list(cells, [place]);
  return new Problem(
    `${fileName}, line ${line}: ${column} cannot be two things at once.`,
    `Name different columns: ${Object.values(OPTIONS).join(', ')}.`,
    { coded: { code: 'column_shared', params: { file: fileName, line, column } } },
  );
}

/** The column of the group, of the user, or of both is missing. */
export function columnMissing(
  { fileName, line, cells }: FirstRecord,
  found: Readonly<Partial<Record<Role, number | undefined>>>,
): Problem {
  const roles = (['group', 'user'] as const).filter((role) => found[role] === undefined);
  const wanted = roles.map((role) => `the ${role} (${EXAMPLE_NAMES[role]})`).join(' and ');
  const options = roles.map((role) => OPTIONS[role]).join(' and ');
  return new Problem(
    `${fileName}, line ${line}: no column for ${wanted}; found: ${list(cells)}.`,
    `${EXAMPLE}. Or say which column it is: ${options}, by name or by number.`,
    {
      coded: {
        code: 'column_missing',
        params: {
          ...{ file: fileName, line, found: list(cells) },
          ...{ group: roles.includes('group') ? 1 : 0, user: roles.includes('user') ? 1 : 0 },
        },
      },
    },
  );
}

const about = ({ fileName, line }: FirstRecord, role: Role) => ({ file: fileName, line, role });

const optionOf = ({ fileName, line }: FirstRecord, role: Role): string =>
  `${fileName}, line ${line}: ${OPTIONS[role]}`;

/** @param places which of the cells. @default all, without their numbers */
function list(cells: readonly string[], places?: readonly number[]): string {
  if (places !== undefined) {
    return places.map((i) => `${quoteCell(cells[i]?.trim() ?? '')} (column ${i + 1})`).join(', ');
  }
  const names = cells.slice(0, SHOWN_NAMES).map((cell) => quoteCell(cell.trim()));
  const rest = cells.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}
