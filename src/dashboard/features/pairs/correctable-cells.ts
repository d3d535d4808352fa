import type { PairRecord } from '../../../server/schemas/pair-schema.ts';

type Cell = 'group' | 'user';

/** The cells to correct, by the reason of a rejected row; in other rows, another cell does not help. */
export const CORRECTED_CELLS: Readonly<Record<string, readonly Cell[] | undefined>> = {
  missing_group: ['group', 'user'],
  bad_group_id: ['group', 'user'],
  unknown_group: ['group', 'user'],
  ambiguous_group: ['group', 'user'],
  missing_user: ['user'],
  bad_user_id: ['user'],
  unknown_email: ['user'],
  ambiguous_email: ['user'],
};

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
