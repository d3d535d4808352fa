import { z } from 'zod';
import { isMessageTooLong, MAX_MESSAGE_CHARACTERS } from '../../domain/message.ts';
import { RETRIED_REASONS } from '../../domain/outcome.ts';
import { FormatOptions } from './format.ts';

/** Text of an invitation; the portal takes no more. */
export const Message = z
  .string()
  .check(({ value, issues }) => {
    // Characters, and not the units of which an emoji has two.
    if (!isMessageTooLong(value)) return;
    const most = { maximum: MAX_MESSAGE_CHARACTERS, inclusive: true };
    issues.push({ code: 'too_big', origin: 'string', input: value, ...most });
  })
  .meta({ maxLength: MAX_MESSAGE_CHARACTERS });

/** A yes or no as forms and addresses write it. */
const Flag = z.stringbool({ truthy: ['true', '1', 'on'], falsy: ['false', '0', ''] });

/** What goes with a file, as fields of the form before `file`, or in the query. */
export const UploadOptions = FormatOptions.extend({
  message: Message.optional(),
  /** Start as soon as the file is read. */
  start: Flag.optional(),
});
export type UploadOptions = z.infer<typeof UploadOptions>;

/** The query of a CSV that comes as `text/csv`. */
export const UploadQuery = UploadOptions.extend({
  filename: z.string().trim().min(1).max(255).optional(),
});

/** The fields of `multipart/form-data`; other fields come before the file. */
export const UploadForm = UploadOptions.extend({
  file: z.string().meta({ format: 'binary', description: 'the CSV, or the CSV in .gz' }),
});

/** `POST /api/imports/:id/reread`: what differs from how the file was read; null takes it back. */
export const Reread = z.object({
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
export const Retry = z.object({
  /** Only what failed, or is unknown, for this reason. */
  reason: z.enum(RETRIED_REASONS).optional(),
});
export type Retry = z.infer<typeof Retry>;
