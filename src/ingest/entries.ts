import type { Directory, Lookup } from '../domain/pairs/directory.ts';
import type { GroupId, UserId } from '../domain/pairs/ids.ts';
import type { Reference, References } from '../files/rows/references.ts';
import { type IssueRow, type ListRow, type PairRow, rejectedRow } from '../files/rows/row.ts';
import type { Row } from '../files/rows/rows.ts';
import type { RowDetail } from '../messages/row-details.ts';
import { describeAmbiguous, describeUnknown } from './unresolved.ts';

/** Result of reading a row; each entry ends in exactly one outcome. */
export type IngestEntry = PairRow | IssueRow;

/** What the names in some rows mean on the portal. */
export interface Names {
  groups: ReadonlyMap<string, Lookup<GroupId>>;
  users: ReadonlyMap<string, Lookup<UserId>>;
}

/** @returns whether a part of the row has to be looked up on the portal */
export const hasName = (row: Row): boolean =>
  row.kind === 'list' && [...row.groups.parts, ...row.users.parts].some(isName);

const isName = ({ kind }: Reference<number>): boolean => kind === 'name';

/** @returns about how many characters the row holds in memory */
export function charactersOf(row: Row): number {
  switch (row.kind) {
    case 'pair':
      return row.message?.length ?? 0;
    case 'list': {
      const parts = [...row.groups.parts, ...row.users.parts];
      const names = parts.reduce((sum, part) => sum + charactersIn(part), 0);
      return names + (row.message?.length ?? 0);
    }
    case 'reject':
      return sizeOf(row.details) + row.groupCell.length + row.userCell.length;
    default:
      return row satisfies never;
  }
}

const sizeOf = (stored: object): number => JSON.stringify(stored).length;

function charactersIn(part: Reference<number>): number {
  switch (part.kind) {
    case 'id':
      return 0;
    case 'name':
      return part.name.length;
    case 'wrong':
      return part.text.length + sizeOf(part.detail);
    default:
      return part satisfies never;
  }
}

/** Looks up the ids of all names in the rows on the portal, all at once. */
export async function resolveNames(rows: readonly Row[], directory: Directory): Promise<Names> {
  const groups = new Set<string>();
  const users = new Set<string>();
  for (const row of rows) {
    if (row.kind !== 'list') continue;
    if (row.groups.whole !== undefined) groups.add(row.groups.whole);
    for (const part of row.groups.parts) if (part.kind === 'name') groups.add(part.name);
    for (const part of row.users.parts) if (part.kind === 'name') users.add(part.name);
  }
  return {
    groups: groups.size === 0 ? new Map() : await directory.groupsByName([...groups]),
    users: users.size === 0 ? new Map() : await directory.usersByEmail([...users]),
  };
}

/** A group or user that a name in the file means, and the name that the portal shows. */
export interface FoundName<Id> {
  id: Id;
  name: string | undefined;
}

/** @returns what those names mean that were found */
export const foundNames = <Id>(
  names: ReadonlyMap<string, Lookup<Id>>,
): Map<string, FoundName<Id>> =>
  new Map(
    [...names].flatMap(([text, found]) =>
      found.kind === 'found' ? [[text, { id: found.id, name: found.name }]] : [],
    ),
  );

/** @returns each combination of the row's groups and users, as a pair or a reject */
export function* combinations(row: ListRow, names: Names): Generator<IngestEntry> {
  const groups = groupsOf(row.groups, names).map((part) => resolved(part, names.groups, 'group'));
  const users = row.users.parts.map((part) => resolved(part, names.users, 'email'));
  const { line, message } = row;
  for (const group of groups) {
    for (const user of users) {
      if (group.kind === 'id' && user.kind === 'id') {
        yield { kind: 'pair', line, groupId: group.id, userId: user.id, message };
        continue;
      }
      const wrong = [group, user].filter((part) => part.kind === 'wrong');
      const [first] = wrong;
      if (first === undefined) continue;
      const details = wrong.map((part) => part.detail);
      yield rejectedRow(line, first.reason, details, group.text, user.text);
    }
  }
}

/** A cell is no list when all of it is the name of a group. */
function groupsOf(
  { parts, whole }: References<GroupId>,
  { groups }: Names,
): readonly Reference<GroupId>[] {
  const known = whole !== undefined && groups.get(whole)?.kind !== 'unknown';
  return known ? [{ kind: 'name', name: whole }] : parts;
}

type Resolved<Id> =
  | { kind: 'id'; id: Id; text: string }
  | { kind: 'wrong'; reason: IssueRow['reason']; detail: RowDetail; text: string };

function resolved<Id extends number>(
  part: Reference<Id>,
  names: ReadonlyMap<string, Lookup<Id>>,
  of: 'group' | 'email',
): Resolved<Id> {
  if (part.kind === 'id') return { ...part, text: String(part.id) };
  if (part.kind === 'wrong') return part;
  const { name: text } = part;
  const found = names.get(text);
  if (found === undefined) throw new Error('a name was not looked up');
  switch (found.kind) {
    case 'found':
      return { kind: 'id', id: found.id, text };
    case 'unknown':
      return {
        kind: 'wrong',
        reason: `unknown_${of}`,
        detail: describeUnknown(of, text, found),
        text,
      };
    case 'ambiguous':
      return {
        kind: 'wrong',
        reason: `ambiguous_${of}`,
        detail: describeAmbiguous(of, text, found.candidates),
        text,
      };
    default:
      return found satisfies never;
  }
}
