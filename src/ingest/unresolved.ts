import type { Candidate, Lookup } from '../domain/pairs/directory.ts';
import { quoteCell } from '../files/rows/cell.ts';
import { type RowDetail, rowDetail } from '../messages/row-details.ts';

const SHOWN_CANDIDATES = 5;

/** Why a name is nobody's, in words. */
export function describeUnknown(
  of: 'group' | 'email',
  text: string,
  { similar: alike = [] }: Extract<Lookup<number>, { kind: 'unknown' }>,
): RowDetail {
  const name = quoteCell(text);
  if (of === 'email') return rowDetail('email_unknown', { email: name });
  if (alike.length === 0) return rowDetail('group_unknown', { name });
  const { shown: similar, more } = list(alike);
  return more > 0
    ? rowDetail('group_unknown_like_many', { name, similar, more })
    : rowDetail('group_unknown_like', { name, similar });
}

/** Why a name does not tell whom or what it means, in words. */
export function describeAmbiguous(
  of: 'group' | 'email',
  text: string,
  candidates: readonly Candidate<number>[],
): RowDetail {
  const name = quoteCell(text);
  const count = candidates.length;
  const { shown, more } = list(candidates);
  if (of === 'group') {
    return more > 0
      ? rowDetail('group_ambiguous_many', { count, name, groups: shown, more })
      : rowDetail('group_ambiguous', { count, name, groups: shown });
  }
  const people = { count, email: name, people: shown };
  const dismissed = dismissedOf(candidates);
  if (dismissed !== '') {
    return more > 0
      ? rowDetail('email_ambiguous_dismissed_many', { ...people, more, dismissed })
      : rowDetail('email_ambiguous_dismissed', { ...people, dismissed });
  }
  return more > 0
    ? rowDetail('email_ambiguous_many', { ...people, more })
    : rowDetail('email_ambiguous', people);
}

/** @returns the ids of the dismissed among those who are shown */
const dismissedOf = (candidates: readonly Candidate<number>[]): string =>
  candidates
    .slice(0, SHOWN_CANDIDATES)
    .flatMap(({ id, isDismissed }) => (isDismissed ? [id] : []))
    .join(', ');

function list(candidates: readonly Candidate<number>[]): { shown: string; more: number } {
  const shown = candidates
    .slice(0, SHOWN_CANDIDATES)
    .map(({ id, name }) => `${id} ${quoteCell(name)}`);
  return { shown: shown.join(', '), more: candidates.length - shown.length };
}
