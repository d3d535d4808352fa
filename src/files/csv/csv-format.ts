import { z } from 'zod';
import { ENCODINGS } from '../text/encoding.ts';
import { DELIMITERS } from './delimiter.ts';

const Place = z.int().nonnegative();

/** How a file is to be read; plain data, so that it can be kept and shown. */
const CsvFormat = z.object({
  encoding: z.enum(ENCODINGS),
  encodingBy: z.enum(['bom', 'content', 'guess', 'given']),
  /** Lines end with LF or CRLF, or, as on old Macintoshes, with CR alone. */
  newline: z.enum(['LF', 'CR']),
  delimiter: z.enum(DELIMITERS),
  /** `line`: the first line says it, like `sep=;`. */
  delimiterBy: z.enum(['given', 'line', 'content']),
  hasSeparatorLine: z.boolean(),
  /** The names of the columns; null when the first record is data. */
  header: z.array(z.string()).nullable(),
  columns: z.object({ group: Place, user: Place, message: Place.optional(), count: Place }),
  /** A person has said that no column holds invitation texts. */
  messageOff: z.boolean().optional(),
  /** The file is the results of an earlier import, mended. */
  isResults: z.boolean(),
});

export type CsvFormat = z.infer<typeof CsvFormat>;

/** @returns a format that was kept as JSON; undefined when none was */
export const parseFormat = (text: string): CsvFormat | undefined =>
  text === '' ? undefined : CsvFormat.parse(JSON.parse(text));
