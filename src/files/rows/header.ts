import type { Delimiter } from '../csv/delimiter.ts';
import { roleOf } from './column-names.ts';
import type { GivenColumns } from './columns.ts';
import { groupReferences, userReferences } from './references.ts';

/** Whether a first record is a header: it names both columns, or it does not contain a pair. */
export const isHeader = (
  cells: readonly string[],
  delimiter: Delimiter,
  given: GivenColumns | undefined,
): boolean => namesColumns(cells, given) || !isData(cells, delimiter, given);

/** Whether there are columns for group and user, with a name that the user specified or a known name. */
export const namesColumns = (cells: readonly string[], given: GivenColumns = {}): boolean =>
  (['group', 'user'] as const).every((role) => {
    const wanted = given[role]?.trim();
    return wanted === undefined || /^[0-9]+$/.test(wanted)
      ? cells.some((cell) => roleOf(cell) === role)
      : cells.some((cell) => cell.trim().toLowerCase() === wanted.toLowerCase());
  });

/** Whether the cells hold a valid group and a valid user: a header contains neither ids nor addresses. */
export function isData(
  cells: readonly string[],
  delimiter: Delimiter,
  { group, user }: GivenColumns = {},
): boolean {
  const [groups, users] = [
    groupReferences(cells[placeOf(group, 0)]?.trim() ?? '', delimiter),
    userReferences(cells[placeOf(user, 1)]?.trim() ?? '', delimiter),
  ];
  const isRight = ({ kind }: { kind: string }) => kind !== 'wrong';
  return groups.parts.every(isRight) && users.parts.every(isRight);
}

const placeOf = (given: string | undefined, otherwise: number): number =>
  given !== undefined && /^[0-9]+$/.test(given.trim()) ? Number(given) - 1 : otherwise;
