import { Problem } from '../domain/problem.ts';
import { quoteCell } from './cell.ts';
import { EXAMPLE_NAMES, plainName, type Role, roleOf } from './column-names.ts';
import type { FirstRecord } from './first-record.ts';

/** Where the cells stand in each record of the file, counted from 0. */
export interface Columns {
  readonly group: number;
  readonly user: number;
  readonly message?: number | undefined;
  /** How many cells the first record has. */
  readonly count: number;
}

/**
 * The columns that a person names, each by its header or by its number from 1; `false`: no column
 * is that.
 */
export type GivenColumns = Readonly<{ group?: string; user?: string; message?: string | false }>;

const EXAMPLE = 'The first line names the columns, for example: group_id,user_id,message';
const OPTIONS: Readonly<Record<Role, string>> = {
  group: '--group-column',
  user: '--user-column',
  message: '--message-column',
};
const SHOWN_NAMES = 20;

/**
 * Finds the columns by what the header calls them, in English or Russian, or where a person says
 * they are. Columns of other names are nobody's business.
 *
 * @throws Problem when the group or the user has no column, when two columns could be one, or when
 * a named one is not there
 */
export function findColumns(header: FirstRecord, given: GivenColumns = {}): Columns {
  const group = given.group ? namedColumn('group', given.group, header) : likely('group', header);
  const user = given.user ? namedColumn('user', given.user, header) : likely('user', header);
  const message = messageColumn(header, given, likely);
  if (group === undefined || user === undefined) throw missing(header, { group, user });
  refuseShared(header, { group, user, message });
  return { group, user, message, count: header.cells.length };
}

/** The columns of a file without a header: the group first, the user second, or as given. */
export function numberedColumns(first: FirstRecord, given: GivenColumns = {}): Columns {
  const at = (role: 'group' | 'user', otherwise: number) =>
    given[role] ? namedColumn(role, given[role], first) : otherwise;
  const columns = {
    group: at('group', 0),
    user: at('user', 1),
    message: messageColumn(first, given, () => undefined),
  };
  refuseShared(first, columns);
  return { ...columns, count: first.cells.length };
}

/** @param detect finds it when the person says nothing about it */
function messageColumn(
  first: FirstRecord,
  { message }: GivenColumns,
  detect: (role: 'message', first: FirstRecord) => number | undefined,
): number | undefined {
  if (message === false) return undefined;
  return message ? namedColumn('message', message, first) : detect('message', first);
}

/**
 * @param from columns before this one do not count
 * @returns the only column whose name is known to mean that, if there is one
 * @throws Problem when there are several
 */
export function likely(
  role: Role,
  { fileName, line, cells }: FirstRecord,
  from = 0,
): number | undefined {
  const found = cells.flatMap((cell, i) => (i >= from && roleOf(cell) === role ? [i] : []));
  if (found.length < 2) return found[0];
  throw new Problem(
    `${fileName}, line ${line}: ${found.length} columns could be the ${role}: ${list(cells, found)}.`,
    `Say which with ${OPTIONS[role]}, by name or by number, or rename the others.`,
    {
      coded: {
        code: 'column_unclear',
        params: { file: fileName, line, role, columns: list(cells, found) },
      },
    },
  );
}

function namedColumn(role: Role, wanted: string, { fileName, line, cells }: FirstRecord): number {
  const where = `${fileName}, line ${line}: ${OPTIONS[role]}`;
  const about = { file: fileName, line, role };
  if (/^[0-9]+$/.test(wanted.trim())) {
    const number = Number(wanted);
    if (number >= 1 && number <= cells.length) return number - 1;
    throw new Problem(
      `${where} says ${number}, and there are ${cells.length} columns: ${list(cells)}.`,
      'Columns are counted from 1.',
      { coded: { code: 'column_number_wrong', params: { ...about, number, count: cells.length } } },
    );
  }
  const same = cells.flatMap((cell, i) => (cell.trim() === wanted.trim() ? [i] : []));
  const alike = cells.flatMap((cell, i) => (plainName(cell) === plainName(wanted) ? [i] : []));
  const found = same.length > 0 ? same : alike;
  const name = quoteCell(wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw only === undefined
    ? new Problem(
        `${where} says ${name}, and no column is called so: ${list(cells)}.`,
        'Name one of these, or give its number.',
        { coded: { code: 'column_unknown', params: { ...about, name, found: list(cells) } } },
      )
    : new Problem(
        `${where} says ${name}, and ${found.length} columns are called so: ${list(cells, found)}.`,
        'Give the number of the column instead.',
        {
          coded: {
            code: 'column_name_shared',
            params: { ...about, name, columns: list(cells, found) },
          },
        },
      );
}

function refuseShared(
  { fileName, line, cells }: FirstRecord,
  columns: Readonly<Record<Role, number | undefined>>,
): void {
  const { group, user, message } = columns;
  const shared =
    group === user ? group : message === group || message === user ? message : undefined;
  if (shared === undefined) return;
  throw new Problem(
    `${fileName}, line ${line}: ${list(cells, [shared])} cannot be two things at once.`,
    `Name different columns: ${Object.values(OPTIONS).join(', ')}.`,
    {
      coded: {
        code: 'column_shared',
        params: { file: fileName, line, column: list(cells, [shared]) },
      },
    },
  );
}

function missing(
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

/** @param places which of the cells. @default all, without their numbers */
function list(cells: readonly string[], places?: readonly number[]): string {
  if (places !== undefined) {
    return places.map((i) => `${quoteCell(cells[i]?.trim() ?? '')} (column ${i + 1})`).join(', ');
  }
  const names = cells.slice(0, SHOWN_NAMES).map((cell) => quoteCell(cell.trim()));
  const rest = cells.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}
