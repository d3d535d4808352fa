import type { Import } from '../../domain/imports/import.ts';
import type { Findings } from './check-findings.ts';
import { named } from './check-people-list.ts';

const number = (count: number): string => count.toLocaleString('en');

/** Extranet users who would not learn of their invitation. */
export const unnotifiedLines = ({ unnotified: people }: Findings): string[] =>
  named(
    people,
    `Extranet users who never logged in: ${number(people.count)}. They would be invited, but get no notification.`,
  );

/** Texts that stand for none. @param count number of rows that have one */
export const emptyTextLines = (count: number): string[] =>
  count === 0
    ? []
    : [`Invitation texts such as NULL or #N/A: ${number(count)}. They are read as empty.`];

/** What works, but perhaps not as expected. */
export function warningLines(
  { groups: { collabs, archived }, check: { filteredTexts }, switchedOffAfter }: Findings,
  { emptyTexts }: Pick<Import, 'emptyTexts'>,
) {
  return [
    ...emptyTextLines(emptyTexts),
    ...(switchedOffAfter === null
      ? []
      : [
          `Workgroups may be switched off on the portal: import ${switchedOffAfter} invited no one, and the portal gave no reason. Check the tools in its settings.`,
        ]),
    ...(collabs > 0
      ? [
          `Collabs: ${number(collabs)}. An invitation leaves people pending there until they accept it; the collab’s own page adds employees at once.`,
        ]
      : []),
    ...(archived > 0
      ? [`Archived groups: ${number(archived)}. The portal would still invite into them.`]
      : []),
    ...(filteredTexts > 0
      ? [
          `Invitation texts that look like SQL or HTML: ${number(filteredTexts)}. The filter of a self-hosted portal may change them, such as “select … from” to “sel ect … fr om”.`,
        ]
      : []),
  ];
}
