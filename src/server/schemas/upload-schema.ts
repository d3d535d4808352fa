import { z } from 'zod';
import { MAX_MESSAGE_CHARACTERS } from '../../domain/imports/message.ts';
import { RETRIED_REASONS } from '../../domain/pairs/outcome.ts';
import { FormatOptions } from './format-schema.ts';
import { textUpTo } from './text-schema.ts';

/** Text of an invitation, up to the portal's limit. */
export const Message = textUpTo(MAX_MESSAGE_CHARACTERS);

const FLAGS = { yes: ['true', '1', 'on'], no: ['false', '0', ''] };

/** A boolean in a form or an address. */
const Flag = z
  .stringbool({ truthy: FLAGS.yes, falsy: FLAGS.no, case: 'sensitive' })
  .meta({ enum: [...FLAGS.yes, ...FLAGS.no] });

/** Options of an upload, as fields of the form or in the query. */
export const UploadOptions = FormatOptions.extend({
  message: Message.optional(),
  /** Start the import as soon as the file is read. */
  start: Flag.optional(),
  /**
   * Create a new import even if there is an unfinished one of the same file with the same format
   * and message.
   */
  again: Flag.optional(),
});
export type UploadOptions = z.infer<typeof UploadOptions>;

/** Maximum number of characters of a file name. */
export const MAX_NAME_CHARACTERS = 255;

/** Query parameters of a file that is sent without a form. */
export const UploadQuery = UploadOptions.extend({
  filename: textUpTo(MAX_NAME_CHARACTERS).trim().min(1).optional(),
});
export type UploadQuery = z.infer<typeof UploadQuery>;

/** The fields of `multipart/form-data`. */
export const UploadForm = UploadOptions.extend({
  file: z.string().meta({ format: 'binary', description: 'the CSV file, or the CSV file in .gz' }),
});

/**
 * `POST /api/imports/:id/reread`: the format options to read the file with. An option that is null
 * or missing is detected again.
 */
export const Reread = z.strictObject({
  encoding: FormatOptions.shape.encoding.nullable(),
  delimiter: FormatOptions.shape.delimiter.nullable(),
  groupColumn: FormatOptions.shape.groupColumn.nullable(),
  userColumn: FormatOptions.shape.userColumn.nullable(),
  /** `false`: no column holds invitation texts, whatever its name. */
  messageColumn: z.union([FormatOptions.shape.messageColumn, z.literal(false)]).nullable(),
  message: Message.nullable().optional(),
});
export type Reread = z.infer<typeof Reread>;

/** `POST /api/imports/:id/retry` */
export const Retry = z.strictObject({
  /** Only pairs that failed or are unknown for this reason. */
  reason: z.enum(RETRIED_REASONS).optional(),
});
export type Retry = z.infer<typeof Retry>;

/** The body of an action without fields: none at all, or `{}`. */
export const NoFields = z.strictObject({}).nullish();
