import { problem } from '../../messages/problems.ts';
import type { FirstRecord } from '../csv/first-record.ts';
import { quoteCell } from './cell.ts';
import { plainName, type Role, roleOf } from './column-names.ts';
import { listColumns } from './list-columns.ts';

/** Places of the cells in each record of the file, counted from 0. */
export interface Columns {
  readonly group: number;
  readonly user: number;
  readonly message?: number | undefined;
  /** Number of cells in the first record. */
  readonly count: number;
}

/**
 * The columns that the user specified, each by its header or by its number, from 1; `false`: there is no
 * such column.
 */
export type GivenColumns = Readonly<{ group?: string; user?: string; message?: string | false }>;

/**
 * Finds the columns by their names in the header, in English or Russian, or as the user specified them.
 * Other columns are ignored.
 *
 * @throws Problem when the group or the user has no column, when two columns could have one role, or
 * when a specified column does not exist
 */
export function findColumns(header: FirstRecord, given: GivenColumns = {}): Columns {
  const group = given.group ? namedColumn('group', given.group, header) : likely('group', header);
  const user = given.user ? namedColumn('user', given.user, header) : likely('user', header);
  const message = messageColumn(header, given, likely);
  if (group === undefined || user === undefined) {
    const missing = {
      group: group === undefined ? 1 : 0,
      user: user === undefined ? 1 : 0,
    } as const;
    throw problem('column_missing', {
      ...placeOf(header),
      ...missing,
      found: listColumns(header.cells),
    });
  }
  refuseShared(header, { group, user, message });
  return { group, user, message, count: header.cells.length };
}

/** The columns of a file without a header: the group first, the user second, or as specified. */
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

/** @param detect finds the column when the user did not specify it */
function messageColumn(
  first: FirstRecord,
  { message }: GivenColumns,
  detect: (role: 'message', first: FirstRecord) => number | undefined,
): number | undefined {
  if (message === false) return undefined;
  return message ? namedColumn('message', message, first) : detect('message', first);
}

/**
 * @param from columns before this place are ignored
 * @returns the place of the only column with a known name for the role, if there is one
 * @throws Problem when there are several
 */
export function likely(role: Role, header: FirstRecord, from = 0): number | undefined {
  const found = header.cells.flatMap((cell, i) => (i >= from && roleOf(cell) === role ? [i] : []));
  if (found.length < 2) return found[0];
  const columns = listColumns(header.cells, found);
  throw problem('column_unclear', { ...placeOf(header), role, columns, count: found.length });
}

function namedColumn(role: Role, wanted: string, first: FirstRecord): number {
  const { cells } = first;
  const said = { ...placeOf(first), role, name: quoteCell(wanted), found: listColumns(cells) };
  if (/^[0-9]+$/.test(wanted.trim())) {
    const number = Number(wanted);
    if (number >= 1 && number <= cells.length) return number - 1;
    throw problem('column_number_wrong', { ...said, number, count: cells.length });
  }
  const same = cells.flatMap((cell, i) => (cell.trim() === wanted.trim() ? [i] : []));
  const alike = cells.flatMap((cell, i) => (plainName(cell) === plainName(wanted) ? [i] : []));
  const found = same.length > 0 ? same : alike;
  const [only] = found;
  if (only === undefined) throw problem('column_unknown', said);
  if (found.length > 1) {
    const columns = listColumns(cells, found);
    throw problem('column_name_shared', { ...said, columns, count: found.length });
  }
  return only;
}

function refuseShared(
  first: FirstRecord,
  { group, user, message }: Readonly<Record<Role, number | undefined>>,
): void {
  const shared =
    group === user ? group : message === group || message === user ? message : undefined;
  if (shared === undefined) return;
  const column = listColumns(first.cells, [shared]);
  throw problem('column_shared', { ...placeOf(first), column });
}

const placeOf = ({ fileName, line }: FirstRecord) => ({ file: fileName, line });
