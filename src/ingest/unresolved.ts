import { quoteCell } from '../csv/cell.ts';
import type { Candidate, Lookup } from '../domain/directory.ts';

const SHOWN_CANDIDATES = 5;

/** Why a name is nobody's, in words. */
export function describeUnknown(
  of: 'group' | 'email',
  name: string,
  { similar = [] }: Extract<Lookup<number>, { kind: 'unknown' }>,
): string {
  const what =
    of === 'group'
      ? `no group that the webhook can see is called ${quoteCell(name)}`
      : `nobody on the portal has the address ${quoteCell(name)}`;
  return similar.length === 0 ? what : `${what}; similar: ${list(similar)}`;
}

/** Why a name does not tell whom or what it means, in words. */
export function describeAmbiguous(
  of: 'group' | 'email',
  name: string,
  candidates: readonly Candidate<number>[],
): string {
  const what =
    of === 'group'
      ? `${candidates.length} groups are called ${quoteCell(name)}`
      : `${candidates.length} people have the address ${quoteCell(name)}`;
  return `${what}: ${list(candidates)}; write the id instead`;
}

function list(candidates: readonly Candidate<number>[]): string {
  const shown = candidates
    .slice(0, SHOWN_CANDIDATES)
    .map(({ id, name }) => `${id} ${quoteCell(name)}`);
  const rest = candidates.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
