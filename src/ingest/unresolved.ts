import type { Candidate, Lookup } from '../domain/pairs/directory.ts';
import { codePoint, quoteCell } from '../files/rows/cell.ts';
import { type RowDetail, rowDetail } from '../messages/row-details.ts';

const SHOWN_CANDIDATES = 5;

/** @returns why a name was not found */
export function describeUnknown(
  of: 'group' | 'email',
  text: string,
  { similar: alike = [] }: Extract<Lookup<number>, { kind: 'unknown' }>,
): RowDetail {
  const name = quoteCell(text);
  const letters = strayLetters(text);
  if (of === 'email') {
    return letters === ''
      ? rowDetail('email_unknown', { email: name })
      : rowDetail('email_unknown_letters', { email: name, letters });
  }
  if (alike.length === 0 && letters !== '')
    return rowDetail('group_unknown_letters', { name, letters });
  if (alike.length === 0) return rowDetail('group_unknown', { name });
  const { shown: similar, more } = list(alike);
  return more > 0
    ? rowDetail('group_unknown_like_many', { name, similar, more })
    : rowDetail('group_unknown_like', { name, similar });
}

/** Letters of one alphabet that look like those of the other. */
const LOOKALIKES = /[АВЕЅІЈКМНОРСТХУаеорсухѕіјԁһ]/gu;
const LATIN_LOOKALIKES = /[ABEKMHOPCTXYaeopcxyi]/g;

/**
 * @returns letters of another alphabet than the rest of their word that look the same, with their code points;
 * empty when there are none
 */
function strayLetters(text: string): string {
  const stray = (text.match(/[\p{L}]+/gu) ?? []).flatMap((word) => {
    const latin = word.match(/\p{Script=Latin}/gu) ?? [];
    const cyrillic = word.match(/\p{Script=Cyrillic}/gu) ?? [];
    if (latin.length === 0 || cyrillic.length === 0) return [];
    const isCyrillic = cyrillic.length > latin.length;
    return word.match(isCyrillic ? LATIN_LOOKALIKES : LOOKALIKES) ?? [];
  });
  return [...new Set(stray)].map((letter) => `“${letter}” (${codePoint(letter)})`).join(', ');
}

/** @returns why a name is ambiguous */
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

/** @returns the ids of the dismissed people among those shown */
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
