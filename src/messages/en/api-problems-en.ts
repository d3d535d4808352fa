import type { ProblemTemplates } from '../problem-templates.ts';
import { fileFactsEn } from './file-facts-en.ts';
import { at, type Role, rolesOf } from './file-problems-en.ts';

const FIELDS: Readonly<Record<Role, string>> = {
  group: 'groupColumn',
  user: 'userColumn',
  message: 'messageColumn',
};

/** Problems of reading a file, in terms of the form fields of the API. */
export const apiProblemsEn = {
  header_below: (it) => [
    fileFactsEn.header_below(it),
    `Remove the lines above it, or set \`headerLine\` to ${it.header}.`,
  ],
  header_line_missing: (it) => [
    fileFactsEn.header_line_missing(it),
    'Set `headerLine` to the line that names the columns, counted from 1.',
  ],
  column_missing: (it) => [
    `${at(it)}: no column for the ${rolesOf(it).join(' and the ')}; found: ${it.found}.`,
    `Name the columns in the first line, for example group_id,user_id,message, or set ${rolesOf(it)
      .map((role) => `\`${FIELDS[role]}\``)
      .join(' and ')} to a column name or number.`,
  ],
  column_unclear: (it) => [
    fileFactsEn.column_unclear(it),
    `Set \`${FIELDS[it.role]}\` to a column name or number, or rename the others.`,
  ],
  column_shared: (it) => [
    fileFactsEn.column_shared(it),
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
  json_keys_missing: (it) => [
    `${it.file}: no key for the ${rolesOf(it).join(' and the ')}; found: ${it.found}.`,
    `Call the keys group_id and user_id, or set ${rolesOf(it)
      .map((role) => `\`${FIELDS[role]}\``)
      .join(' and ')} to a key.`,
  ],
  delimiter_unclear: (it) => [
    fileFactsEn.delimiter_unclear(it),
    'Set `delimiter`, or name the columns in the first line.',
  ],
  encoding_unclear: (it) => [
    fileFactsEn.encoding_unclear(it),
    'Save the file as UTF-8, or set `encoding`, for example to windows-1251.',
  ],
  encoding_contradicted: (it) => [
    fileFactsEn.encoding_contradicted(it),
    `Omit \`encoding\`, or set it to ${it.marked}.`,
  ],
  text_damaged: (it) => [
    fileFactsEn.text_damaged(it),
    'Fix that line, or save the file as UTF-8, or set `encoding`, for example to windows-1251.',
  ],
  zero_byte: (it) => [
    fileFactsEn.zero_byte(it),
    'Remove it, or save the file as UTF-8, or set `encoding` to utf-16le if it is in UTF-16.',
  ],
  sheets_unknown: (it) => [
    fileFactsEn.sheets_unknown(it),
    'Set `sheet` to the name of the sheet, or name the columns group_id and user_id in its first row.',
  ],
  sheet_missing: (it) => [
    fileFactsEn.sheet_missing(it),
    'Set `sheet` to one of these names, or omit it.',
  ],
} satisfies Partial<ProblemTemplates>;
