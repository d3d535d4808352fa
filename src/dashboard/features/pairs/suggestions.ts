import type { PairRecord } from '../../../server/schemas/pair-schema.ts';

/** A value that can be meant, and its name. */
export interface Suggestion {
  value: string;
  name: string;
}

/** An id and a name in quotes, as details list them; a name with such quotes is not offered. */
const LISTED = /(\d{1,10}) “([^“”]*)”/g;

/** @returns the groups or people that the server suggests for a wrong cell */
export const suggestionsIn = ({ details }: Pick<PairRecord, 'details'>): Suggestion[] =>
  details.flatMap(({ params }) =>
    [params.similar, params.groups, params.people].flatMap((list) =>
      [...String(list ?? '').matchAll(LISTED)].map(([, value = '', name = '']) => ({
        value,
        name: `${name} (${value})`,
      })),
    ),
  );
