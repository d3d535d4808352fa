import { z } from 'zod';
import type { Delimiter } from '../../files/csv/delimiter.ts';
import type { Encoding } from '../../files/text/encoding.ts';
import { textUpTo } from './text-schema.ts';

export const FileEncoding = z.enum({
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
} as const satisfies { [Name in Encoding]: Name });

export const CellDelimiter = z.enum({
  ',': ',',
  ';': ';',
  '\t': '\t',
  '|': '|',
} as const satisfies { [Name in Delimiter]: Name });

/** A column, by the name in the header or by its number from 1. */
const ColumnName = textUpTo(1_000).trim().min(1);

/** Format options set by the user; the rest is detected. */
export const FormatOptions = z.strictObject({
  encoding: FileEncoding.optional(),
  delimiter: CellDelimiter.optional(),
  groupColumn: ColumnName.optional(),
  userColumn: ColumnName.optional(),
  messageColumn: ColumnName.optional(),
});
export type FormatOptions = z.infer<typeof FormatOptions>;

/** A column of the file. */
export const Column = z.object({
  /** Position of the column, from 1. */
  number: z.int().positive(),
  /** Name in the header; null without a header. */
  name: z.string().nullable(),
});

/** How a file was read. */
export const Format = z.object({
  encoding: FileEncoding,
  /** `guess`: not certain, so show it to the user. */
  encodingBy: z.enum(['bom', 'content', 'guess', 'given']),
  delimiter: CellDelimiter,
  /** `line`: the file's first line sets it, like `sep=;`. */
  delimiterBy: z.enum(['given', 'line', 'content']),
  /** The names of all columns; null when the first line is data. */
  header: z.array(z.string()).nullable(),
  /** Number of columns. */
  columnCount: z.int(),
  columns: z.object({ group: Column, user: Column, message: Column.nullable() }),
  /** The user has set that no column holds invitation texts. */
  messageOff: z.boolean(),
  /** The file is a results file of an earlier import, with corrections. */
  isResults: z.boolean(),
});
export type Format = z.infer<typeof Format>;
