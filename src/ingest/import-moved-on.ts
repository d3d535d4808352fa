import { Problem } from '../domain/errors/problem.ts';

/** The import cannot be replaced any more. */
export const importMovedOn = (id: number) =>
  new Problem(
    `Import ${id} was started or replaced while its file was read in another way.`,
    'Look at it in the list of imports.',
    { coded: { code: 'import_moved_on', params: { id } } },
  );
