import { z } from 'zod';
import { ENCODINGS } from '../text/encoding.ts';
import { DELIMITERS } from './delimiter.ts';

const Place = z.int().nonnegative();

/** How to read a file; plain data, so that it can be stored and shown. */
const CsvFormat = z.object({
  encoding: z.enum(ENCODINGS),
  encodingBy: z.enum(['bom', 'content', 'guess', 'given']),
  /** `LF`: lines end with LF or CRLF. `CR`: with CR alone, as on old Macintoshes. */
  newline: z.enum(['LF', 'CR']),
  delimiter: z.enum(DELIMITERS),
  /** `line`: declared in the first line, like `sep=;`. */
  delimiterBy: z.enum(['given', 'line', 'content']),
  hasSeparatorLine: z.boolean(),
  /** Column names; null when the first record is data. */
  header: z.array(z.string()).nullable(),
  columns: z.object({ group: Place, user: Place, message: Place.optional(), count: Place }),
  /** The user specified that no column contains invitation texts. */
  messageOff: z.boolean().optional(),
  /** The file is an edited results file of an earlier import. */
  isResults: z.boolean(),
});

export type CsvFormat = z.infer<typeof CsvFormat>;

/** @returns a format that was stored as JSON; undefined for the empty text */
export const parseFormat = (text: string): CsvFormat | undefined =>
  text === '' ? undefined : CsvFormat.parse(JSON.parse(text));
