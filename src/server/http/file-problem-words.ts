import type { ProblemCode, ProblemParams } from '../../domain/errors/problem-params.ts';
import type { ImportProblem } from '../../domain/imports/import.ts';

type FileProblem = Extract<ProblemCode, `column_${string}`> | (typeof OF_TEXT)[number];

const OF_TEXT = [
  'delimiter_unclear',
  'encoding_contradicted',
  'text_damaged',
  'zero_byte',
] as const satisfies readonly ProblemCode[];

type Role = ProblemParams['column_unclear']['role'];

const FIELDS: Readonly<Record<Role, string>> = {
  group: 'groupColumn',
  user: 'userColumn',
  message: 'messageColumn',
};

const EXAMPLE = 'group_id,user_id,message';
const at = ({ file, line }: { file: string; line: number }) => `${file}, line ${line}`;

/** Problems of reading a file, in terms of the form fields of the API. */
const WORDS: {
  readonly [Code in FileProblem]: (params: ProblemParams[Code]) => [what: string, remedy: string];
} = {
  column_missing: ({ found, group, user, ...where }) => {
    const roles: Role[] = [
      ...(group ? ['group' as const] : []),
      ...(user ? ['user' as const] : []),
    ];
    const fields = roles.map((role) => `\`${FIELDS[role]}\``).join(' and ');
    return [
      `${at(where)}: no column for the ${roles.join(' and the ')}; found: ${found}.`,
      `Name the columns in the first line, for example ${EXAMPLE}, or set ${fields} to a column name or number.`,
    ];
  },
  column_unclear: ({ role, columns, ...where }) => [
    `${at(where)}: several columns could be the ${role}: ${columns}.`,
    `Set \`${FIELDS[role]}\` to a column name or number, or rename the others.`,
  ],
  column_shared: ({ column, ...where }) => [
    `${at(where)}: ${column} cannot have two roles.`,
    `Choose different columns in \`${Object.values(FIELDS).join('`, `')}\`.`,
  ],
  column_number_wrong: ({ role, number, count, ...where }) => [
    `${at(where)}: \`${FIELDS[role]}\` is ${number}, but there are only ${count} columns.`,
    'Columns are numbered from 1.',
  ],
  column_unknown: ({ role, name, found, ...where }) => [
    `${at(where)}: \`${FIELDS[role]}\` is ${name}, but no column has this name: ${found}.`,
    'Use one of these names, or a column number.',
  ],
  column_name_shared: ({ role, name, columns, ...where }) => [
    `${at(where)}: \`${FIELDS[role]}\` is ${name}, but several columns have this name: ${columns}.`,
    'Use the column number instead.',
  ],
  delimiter_unclear: (where) => [
    `${at(where)}: the delimiter cannot be detected.`,
    'Set `delimiter`, or name the columns in the first line.',
  ],
  encoding_contradicted: ({ file, marked, encoding }) => [
    `${file} has the byte order mark of ${marked}, not of ${encoding}.`,
    `Omit \`encoding\`, or set it to ${marked}.`,
  ],
  text_damaged: ({ encoding, ...where }) => [
    `${at(where)}: the text is not valid ${encoding}.`,
    'Fix that line, or save the file as UTF-8, or set `encoding`, for example to windows-1251.',
  ],
  zero_byte: (where) => [
    `${at(where)}: the line has a zero byte; the file is binary, damaged or in UTF-16.`,
    'Remove it, or save the file as UTF-8, or set `encoding` to utf-16le if it is in UTF-16.',
  ],
};

/** @returns a problem in terms of the API: form fields instead of command-line options */
export function inApiWords(problem: ImportProblem): ImportProblem {
  const { coded } = problem;
  if (coded === undefined) return problem;
  const words: Readonly<Record<string, ((params: never) => [string, string]) | undefined>> = WORDS;
  // The params always match the code.
  const said = words[coded.code]?.(coded.params as never);
  return said === undefined ? problem : { title: said[0], remedy: said[1], coded };
}
