import { z } from 'zod';
import type { Delimiter } from '../../files/csv/delimiter.ts';
import { JSON_SHAPES } from '../../files/json/json-shape.ts';
import type { Encoding } from '../../files/text/encoding.ts';
import { textUpTo } from './text-schema.ts';

export const FileEncoding = z.enum({
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
  'windows-1250': 'windows-1250',
  'koi8-r': 'koi8-r',
  ibm866: 'ibm866',
  'x-mac-cyrillic': 'x-mac-cyrillic',
} as const satisfies { [Name in Encoding]: Name });

export const CellDelimiter = z.enum({
  ',': ',',
  ';': ';',
  '\t': '\t',
  '|': '|',
} as const satisfies { [Name in Delimiter]: Name });

/** A column, by the name in the header or by its number from 1. */
const ColumnName = textUpTo(1_000).trim().min(1);

/** A number, or in a form its digits. */
const HeaderLine = z.coerce.number<number | string>().int().min(1).max(1_000_000);

/** Format options set by the user; the rest is detected. */
export const FormatOptions = z.strictObject({
  encoding: FileEncoding.optional(),
  delimiter: CellDelimiter.optional(),
  groupColumn: ColumnName.optional(),
  userColumn: ColumnName.optional(),
  messageColumn: ColumnName.optional(),
  /** The sheet of a workbook to read. @default the first visible one that names both columns */
  sheet: textUpTo(1_000).trim().min(1).optional(),
  /** The line that names the columns, from 1; lines above it are not read. */
  headerLine: HeaderLine.optional(),
});
export type FormatOptions = z.infer<typeof FormatOptions>;

export const Column = z.object({
  /** Position of the column, from 1. */
  number: z.int().positive(),
  /** Name in the header; null without a header. */
  name: z.string().nullable(),
});

const Workbook = z.object({
  type: z.enum(['xlsx', 'ods']),
  /** The sheet that was read. */
  sheet: z.string(),
  /** `given`: the user has chosen it. */
  sheetBy: z.enum(['content', 'given']),
  /** The first hundred sheets. */
  sheets: z.array(z.object({ name: z.string(), isHidden: z.boolean() })),
});

/** How a file was read. */
export const Format = z.object({
  encoding: FileEncoding,
  /** `guess`: not certain, so show it to the user. */
  encodingBy: z.enum(['bom', 'content', 'guess', 'given']),
  /** The file holds JSON: an array of objects, or one per line; null for a table. Its keys are the header. */
  json: z.enum(JSON_SHAPES).nullable(),
  /** Without meaning for JSON. */
  delimiter: CellDelimiter,
  /** `line`: the file's first line sets it, like `sep=;`. */
  delimiterBy: z.enum(['given', 'line', 'content']),
  /** The names of all columns; null when the first line is data. */
  header: z.array(z.string()).nullable(),
  /** Number of columns. */
  columnCount: z.int(),
  columns: z.object({ group: Column, user: Column, message: Column.nullable() }),
  /** The line of the header, if the user has set it. */
  headerLine: z.int().nullable(),
  /** The user has set that no column holds invitation texts. */
  messageOff: z.boolean(),
  /** The file is a results file of an earlier import, with corrections. */
  isResults: z.boolean(),
  /** Null unless the file is a workbook; its encoding and delimiter have no meaning. */
  workbook: Workbook.nullable(),
});
export type Format = z.infer<typeof Format>;

/** The first rows of a file, without its header. */
export const FirstRows = z.array(z.object({ line: z.int(), cells: z.array(z.string()) }));

/** What a file looks like that was refused, so that a person can choose its columns. */
export const RefusedTable = Format.pick({
  encoding: true,
  json: true,
  delimiter: true,
  header: true,
  columnCount: true,
  headerLine: true,
  workbook: true,
}).extend({
  /** Positions of the columns whose names are clear, from 1. */
  known: z.object({
    group: z.int().nullable(),
    user: z.int().nullable(),
    message: z.int().nullable(),
  }),
  firstRows: FirstRows,
});
export type RefusedTable = z.infer<typeof RefusedTable>;
