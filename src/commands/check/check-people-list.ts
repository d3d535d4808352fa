import type { PersonCheck } from '../../domain/imports/import-check.ts';
import { shorten } from '../terminal/text-table.ts';
import type { PeopleFound } from './check-findings.ts';

/** The first people of a list, by name, under its title. */
export const named = ({ count, first }: PeopleFound, title: string): string[] =>
  count === 0
    ? []
    : [
        title,
        ...first.map((person) => `  ${called(person)}`),
        ...(count > first.length ? [` ${andMore(count - first.length)}`] : []),
      ];

const called = ({ id, name }: PersonCheck): string =>
  name === null ? `${id}` : `${shorten(name)} (${id})`;

/** The number of items that a list leaves out. */
export const andMore = (count: number): string =>
  count > 0 ? ` and ${count.toLocaleString('en')} more` : '';
