import { z } from 'zod';
import { MAX_MESSAGE_CHARACTERS } from '../../domain/imports/message.ts';
import { RETRIED_REASONS } from '../../domain/pairs/outcome.ts';
import { FormatOptions } from './format-schema.ts';
import { textUpTo } from './text-schema.ts';

/** Text of an invitation; the portal takes no more. */
export const Message = textUpTo(MAX_MESSAGE_CHARACTERS);

const FLAGS = { yes: ['true', '1', 'on'], no: ['false', '0', ''] };

/** A yes or no as forms and addresses write it. */
const Flag = z
  .stringbool({ truthy: FLAGS.yes, falsy: FLAGS.no, case: 'sensitive' })
  .meta({ enum: [...FLAGS.yes, ...FLAGS.no] });

/** What goes with a file, as fields of the form before `file`, or in the query. */
export const UploadOptions = FormatOptions.extend({
  message: Message.optional(),
  /** Start as soon as the file is read. */
  start: Flag.optional(),
  /** Make a new import also of a file of which there is an unfinished one, read alike with the same message. */
  again: Flag.optional(),
});
export type UploadOptions = z.infer<typeof UploadOptions>;

/** As many characters of a file's name are kept. */
export const MAX_NAME_CHARACTERS = 255;

/** The query of a file that comes without a form around it. */
export const UploadQuery = UploadOptions.extend({
  filename: textUpTo(MAX_NAME_CHARACTERS).trim().min(1).optional(),
});
export type UploadQuery = z.infer<typeof UploadQuery>;

/** The fields of `multipart/form-data`. */
export const UploadForm = UploadOptions.extend({
  file: z.string().meta({ format: 'binary', description: 'the CSV file, or the CSV file in .gz' }),
});

/** `POST /api/imports/:id/reread`: what differs from how the file was read; null takes it back. */
export const Reread = z.strictObject({
  encoding: FormatOptions.shape.encoding.nullable(),
  delimiter: FormatOptions.shape.delimiter.nullable(),
  groupColumn: FormatOptions.shape.groupColumn.nullable(),
  userColumn: FormatOptions.shape.userColumn.nullable(),
  /** `false`: no column holds invitation texts, whatever it is called. */
  messageColumn: z.union([FormatOptions.shape.messageColumn, z.literal(false)]).nullable(),
  message: Message.nullable().optional(),
});
export type Reread = z.infer<typeof Reread>;

/** `POST /api/imports/:id/retry` */
export const Retry = z.strictObject({
  /** Only what failed, or is unknown, for this reason. */
  reason: z.enum(RETRIED_REASONS).optional(),
});
export type Retry = z.infer<typeof Retry>;

/** The body of an order that takes no fields: none at all, or `{}`. */
export const NoFields = z.strictObject({}).nullish();
