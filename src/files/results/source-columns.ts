import type { CsvFormat } from '../csv/csv-format.ts';
import { roleOf } from '../rows/column-names.ts';
import { countOwnColumns, NAME_COLUMNS, RESULT_COLUMNS } from './own-results.ts';

/** A column of the source in the results. */
export interface SourceColumn {
  /** Place of its cells in a record, counted from 0. */
  place: number;
  name: string;
}

/** Whether the file names some of its groups and people instead of their ids. */
export interface NamedInFile {
  groups: boolean;
  users: boolean;
}

/**
 * The source's columns as the results show them, never two of one name: a column that is called like one
 * of ours is called `source_…`. The column of the group or of the user is left out where it would say
 * the same as ours: its name is ours, or it has none, and it contains only ids.
 */
export function sourceColumns(format: CsvFormat, named: NamedInFile): SourceColumn[] {
  const taken = new Set<string>([...RESULT_COLUMNS, ...NAME_COLUMNS]);
  return placesOf(format).flatMap((place) => {
    const name = nameOf(place, format);
    const isOurs = taken.has(plain(name)) || format.header === null;
    if (isOurs && hasOnlyIds(place, format, named)) return [];
    const free = freeName(name, taken);
    taken.add(plain(free));
    return [{ place, name: free }];
  });
}

/** Names that differ in case only are one name in a spreadsheet. */
const plain = (name: string): string => name.trim().toLowerCase();

const hasOnlyIds = (place: number, { columns }: CsvFormat, named: NamedInFile): boolean =>
  (place === columns.group && !named.groups) || (place === columns.user && !named.users);

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(plain(name))) return name;
  const first = `source_${name.trim()}`;
  for (let count = 1; ; count++) {
    const free = count === 1 ? first : `${first}_${count}`;
    if (!taken.has(plain(free))) return free;
  }
}

/** A column that the user chose as message is named `message`, so that a later import recognizes it. */
function nameOf(place: number, { header, columns }: CsvFormat): string {
  const name = header?.[place]?.trim() || `column ${place + 1}`;
  return place === columns.message && roleOf(name) !== 'message' ? 'message' : name;
}

/** Columns of an earlier results file that this one has again: its group and user are the source's now. */
const AGAIN: readonly string[] = ['source_group_id', 'source_user_id'];

function placesOf({ columns, header, isResults }: CsvFormat): number[] {
  const all = Array.from({ length: columns.count }, (_, place) => place);
  if (!isResults || header === null) return all;
  const own = countOwnColumns(header);
  return all.filter((place) =>
    place < own
      ? place === columns.group || place === columns.user
      : !AGAIN.includes(plain(header[place] ?? '')),
  );
}
