import type { RowFault } from '../../domain/pairs/row-fault.ts';
import type { ProblemTable } from '../problem-templates.ts';
import { fill } from '../templates.ts';
import { OTHER_FILES_EN, type OtherFile } from './other-files-en.ts';
import { ROW_DETAILS } from './row-details-en.ts';

type Named = { file: string };
export type Place = { file: string; line: number };
/** What a column is for. */
export type Role = 'group' | 'user' | 'message';

/** @returns a line of a file */
export const at = ({ file, line }: Place) => `${file}, line ${line}`;

const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (LE)',
  'utf-16be': 'UTF-16 (BE)',
  'windows-1251': 'Windows-1251',
  'windows-1252': 'Windows-1252',
  'windows-1250': 'Windows-1250',
  'koi8-r': 'KOI8-R',
  ibm866: 'CP866',
  'x-mac-cyrillic': 'MacCyrillic',
  'koi8-u': 'KOI8-U',
  'iso-8859-2': 'ISO 8859-2',
  'iso-8859-5': 'ISO 8859-5',
  'iso-8859-15': 'ISO 8859-15',
  'windows-1254': 'Windows-1254',
  ibm437: 'CP437',
  ibm850: 'CP850',
  ibm852: 'CP852',
  ibm857: 'CP857',
  macintosh: 'Mac Roman',
  'x-mac-ce': 'MacCentralEurope',
};
/** @returns the encoding's name, in all languages */
export const encodingName = (encoding: string): string => ENCODINGS[encoding] ?? encoding;

/** @param encodings divided by blanks */
export const encodingNames = (encodings: string, or: string): string =>
  encodings.split(' ').map(encodingName).join(` ${or} `);

const HEADER = 'Name the columns in the first line, such as group_id,user_id,message';
const EXAMPLE = `${HEADER}, then put one pair per line.`;
const AGAIN = 'Upload the file again.';
const PACK_AGAIN = 'Copy or download it again, or compress the CSV file again.';
const SAVE_AS_UTF8 =
  'save the file as UTF-8 (in Excel: File → Save as → CSV UTF-8; in an editor: choose the encoding UTF-8)';
const shown = (count: number): string => count.toLocaleString('en');

function inBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'] as const;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}

const OPTIONS: Readonly<Record<Role, string>> = {
  group: '--group-column',
  user: '--user-column',
  message: '--message-column',
};
const NAMES = {
  group: 'group_id, group, project, группа or проект',
  user: 'user_id, user, email, сотрудник or почта',
};
const option = ({ role, ...where }: Place & { role: Role }) => `${at(where)}: ${OPTIONS[role]}`;

/** @param missing 1 for each missing column */
export const rolesOf = (missing: { group: 0 | 1; user: 0 | 1 }) =>
  (['group', 'user'] as const).filter((role) => missing[role] === 1);

/** Of files, and of their columns; cells and names of columns come in quotes. */
export const fileProblemsEn = {
  file_empty: ({ file }: Named) => [`${file} is empty.`, EXAMPLE],
  file_without_rows: ({ file }: Named) => [
    `${file} has a header but no data rows.`,
    'Put one group and user per line below the header.',
  ],
  file_not_csv: ({ file, is }: Named & { is: OtherFile }) => [
    `${file} is not a CSV file but ${OTHER_FILES_EN[is][0]}.`,
    OTHER_FILES_EN[is][1],
  ],
  file_too_large: ({ file, most, unpacked }: Named & { most: number; unpacked: 0 | 1 }) => [
    `${file || 'The file'} ${unpacked ? 'unpacks to' : 'has'} more than ${inBytes(most)}; nothing was stored.`,
    'Split the file, or raise MAX_UPLOAD_BYTES.',
  ],
  pairs_many: ({ file, line, pairs, most }: Place & { pairs: number; most: number }) => [
    `${file}: up to line ${line} it has ${shown(pairs)} pairs; the limit is ${shown(most)}. Nothing was stored.`,
    'Split the file, or raise MAX_PAIRS.',
  ],
  /** States no number of bytes: it is unknown at a line, because bytes are read ahead in blocks. */
  pairs_dense: ({ file, line, pairs, most }: Place & { pairs: number; most: number }) => [
    `${file}: up to line ${line} it has ${shown(pairs)} pairs, more than ${most} per byte read. Nothing was stored.`,
    'Check the lists in its cells, or raise MAX_PAIRS_PER_BYTE.',
  ],
  file_gone: ({ file }: Named) => [`${file} is no longer stored.`, AGAIN],
  file_not_read: () => ['The file could not be read.', 'The program’s log has the reason.'],
  reading_broken_off: () => ['Reading the file was interrupted.', AGAIN],
  reading_taken_over: ({ file, command }: Named & { command: string }) => [
    `Another process has taken over ${file}, to read it again or to cancel it.`,
    `Run the same command again to resume. To see the state, type: ${command}`,
  ],
  disk_full: ({ file, folder }: Named & { folder: string }) => [
    `The disk with ${folder} is full; ${file} was not stored.`,
    'Free disk space and try again.',
  ],
  temporary_full: ({ folder, bytes }: { folder: string; bytes: number }) => [
    `The temporary folder ${folder} is full; nothing was imported.`,
    `Free disk space (${bytes} bytes per row), or set TMPDIR to a folder on another disk.`,
  ],
  gzip_broken_off: ({ file }: Named) => [`${file}: the gzip archive is incomplete.`, PACK_AGAIN],
  gzip_damaged: ({ file }: Named) => [`${file}: the gzip archive is damaged.`, PACK_AGAIN],
  zero_byte: (where: Place) => [
    `${at(where)}: the line has a zero byte; the file is binary, damaged or in UTF-16.`,
    `Remove it, or ${SAVE_AS_UTF8}, or set --encoding utf-16le if it is in UTF-16.`,
  ],
  text_damaged: ({ encoding, ...where }: Place & { encoding: string }) => [
    `${at(where)}: the text is not valid ${encodingName(encoding)}.`,
    `Fix that line, or ${SAVE_AS_UTF8}, or set its encoding, for example: --encoding windows-1251`,
  ],
  text_garbled: ({ file }: Named) => [
    `${file}: the text is garbled: it is UTF-8 that was read in another encoding.`,
    'Omit --encoding, or export the file again from its source (results: with --out FILE.csv, not with >).',
  ],
  encoding_unclear: ({ file, suspected }: Named & { suspected: string }) => [
    `${file}: the encoding is not supported or cannot be detected${suspected && `; it may be ${encodingNames(suspected, 'or')}`}.`,
    `To see the text as it is, ${SAVE_AS_UTF8}, or set its encoding, for example: --encoding windows-1251`,
  ],
  encoding_contradicted: (it: Named & { marked: string; encoding: string }) => [
    `${it.file} has the byte order mark of ${encodingName(it.marked)}, not of ${encodingName(it.encoding)}.`,
    `Omit --encoding, or set --encoding ${it.marked}`,
  ],
  delimiter_unclear: ({ names, ...where }: Place & { names: string }) => [
    `${at(where)}: the delimiter could be ${names}.`,
    'Set --delimiter, or name the columns in the first line.',
  ],
  delimiter_unusable: ({ file, cell }: Named & { cell: string }) => [
    `${file}, line 1: the delimiter ${cell} is not supported.`,
    'Use a comma, a semicolon, a tab or a vertical bar.',
  ],
  /** `closing`: the line on which `quote_closed_late` closes it, else 0. */
  first_row_broken: (it: Place & { fault: RowFault; cell: string; closing: number }) => [
    `${at(it)}: the first row is invalid: ${fill(ROW_DETAILS[it.fault], { cell: it.cell, line: it.closing })}.`,
    EXAMPLE,
  ],
  header_below: ({ header, ...where }: Place & { header: number }) => [
    `${at(where)}: it does not name the columns; the header seems to be in line ${header}.`,
    `Remove the lines above it, or set --header-line ${header}`,
  ],
  header_line_missing: ({ file, line }: Place) => [
    `${file} has no rows from line ${line} on.`,
    'Set --header-line to the line that names the columns, counted from 1.',
  ],
  column_missing: (it: Place & { found: string; group: 0 | 1; user: 0 | 1 }) => [
    `${at(it)}: no column for ${rolesOf(it)
      .map((role) => `the ${role} (${NAMES[role]})`)
      .join(' and ')}; found: ${it.found}.`,
    `${HEADER}. Or set ${rolesOf(it)
      .map((role) => OPTIONS[role])
      .join(' and ')} to a column name or number.`,
  ],
  column_unclear: (it: Place & { role: Role; columns: string; count: number }) => [
    `${at(it)}: ${it.count} columns could be the ${it.role}: ${it.columns}.`,
    `Set ${OPTIONS[it.role]} to a column name or number, or rename the others.`,
  ],
  column_shared: ({ column, ...where }: Place & { column: string }) => [
    `${at(where)}: ${column} cannot have two roles.`,
    `Choose different columns: ${Object.values(OPTIONS).join(', ')}.`,
  ],
  column_number_wrong: (
    it: Place & { role: Role; number: number; count: number; found: string },
  ) => [
    `${option(it)} is ${it.number}, but there are only ${it.count} columns: ${it.found}.`,
    'Columns are numbered from 1.',
  ],
  column_unknown: (it: Place & { role: Role; name: string; found: string }) => [
    `${option(it)} is ${it.name}, but no column has this name: ${it.found}.`,
    'Use one of these names, or a column number.',
  ],
  column_name_shared: (
    it: Place & { role: Role; name: string; columns: string; count: number },
  ) => [
    `${option(it)} is ${it.name}, but ${it.count} columns have this name: ${it.columns}.`,
    'Use the column number instead.',
  ],
} satisfies ProblemTable;
