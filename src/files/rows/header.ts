import type { Delimiter } from '../csv/delimiter.ts';
import { roleOf } from './column-names.ts';
import type { GivenColumns } from './columns.ts';
import { groupReferences, userReferences } from './references.ts';

/** A first record that names both columns is a header; one that holds a pair is none. */
export const isHeader = (
  cells: readonly string[],
  delimiter: Delimiter,
  given: GivenColumns | undefined,
): boolean => namesColumns(cells, given) || !isData(cells, delimiter, given);

/** Whether there are columns for both, called as a person says or by a name that is known. */
export const namesColumns = (cells: readonly string[], given: GivenColumns = {}): boolean =>
  (['group', 'user'] as const).every((role) => {
    const wanted = given[role]?.trim();
    return wanted === undefined || /^[0-9]+$/.test(wanted)
      ? cells.some((cell) => roleOf(cell) === role)
      : cells.some((cell) => cell.trim().toLowerCase() === wanted.toLowerCase());
  });

/** Ids, or a person's address, stand in no header. */
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
