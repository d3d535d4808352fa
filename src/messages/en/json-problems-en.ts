import type { ProblemTable } from '../problem-templates.ts';
import { at, type Place, rolesOf } from './file-problems-en.ts';

const COMPLETE = 'Nothing was stored. Write the file again, completely, then send it again.';
const EXAMPLE =
  'Write an array such as [{"group_id": 15, "user_id": 3}], or one such object per line.';

/** Of files with JSON. */
export const jsonProblemsEn = {
  json_broken: ({ column, ...where }: Place & { column: number }) => [
    `${at(where)}, column ${column}: the text is not valid JSON.`,
    'Nothing was stored. Fix the program that writes it: an array of objects, or one object per line.',
  ],
  json_ends_early: (where: Place) => [`${at(where)}: the JSON ends too early.`, COMPLETE],
  json_too_long: (where: Place) => [
    `${at(where)}: a JSON value is longer than 1 MiB.`,
    'Probably a quote or a bracket is not closed. Write one object for each person and group.',
  ],
  json_too_deep: (where: Place) => [
    `${at(where)}: the JSON is nested deeper than 64 levels.`,
    EXAMPLE,
  ],
  json_no_objects: ({ file }: { file: string }) => [`${file} contains no JSON objects.`, EXAMPLE],
  json_keys_many: ({ file, most }: { file: string; most: number }) => [
    `${file}: its objects have more than ${most} different keys, or very long ones.`,
    EXAMPLE,
  ],
  json_keys_missing: (it: { file: string; found: string; group: 0 | 1; user: 0 | 1 }) => [
    `${it.file}: no key for the ${rolesOf(it).join(' and the ')}; found: ${it.found}.`,
    'Call the keys group_id and user_id, or set --group-column and --user-column.',
  ],
} satisfies ProblemTable;
