import { z } from 'zod';
import { MAX_MESSAGE_CHARACTERS } from '../../domain/imports/message.ts';
import { RETRIED_REASONS } from '../../domain/pairs/outcome.ts';
import { FormatOptions } from './format-schema.ts';
import { Selection } from './pair-schema.ts';
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
  /** Create a new import even if there is an unfinished one of the same file and options. */
  again: Flag.optional(),
  /** `false`: use no choices remembered for the header of the file. */
  remembered: Flag.optional(),
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
  file: z.string().meta({
    format: 'binary',
    description: 'the file: CSV, JSON or NDJSON, also in .gz, or a workbook (.xlsx, .ods)',
  }),
});

const JsonId = z.union([z.string(), z.int()]);
const JsonIds = z.union([JsonId, z.array(JsonId)]);

/**
 * A file sent as `application/json`, which is streamed. It describes the usual keys; others that a CSV could have
 * as column names work as well, and all others are columns of the source. Elements with other values are rejected
 * one by one.
 */
export const JsonRows = z.array(
  z.looseObject({
    group_id: JsonIds.optional().describe('IDs or exact names of groups'),
    user_id: JsonIds.optional().describe('IDs or e-mail addresses of users'),
    message: z.string().nullable().optional(),
  }),
);

/** `POST /api/imports/:id/reread`. An option that is null or missing is detected again. */
export const Reread = z.strictObject({
  encoding: FormatOptions.shape.encoding.nullable(),
  delimiter: FormatOptions.shape.delimiter.nullable(),
  groupColumn: FormatOptions.shape.groupColumn.nullable(),
  userColumn: FormatOptions.shape.userColumn.nullable(),
  headerLine: FormatOptions.shape.headerLine.nullable(),
  /** `false`: no column holds invitation texts, whatever its name. */
  messageColumn: z.union([FormatOptions.shape.messageColumn, z.literal(false)]).nullable(),
  sheet: FormatOptions.shape.sheet.nullable(),
  message: Message.nullable().optional(),
});
export type Reread = z.infer<typeof Reread>;

/** `POST /api/imports/:id/message`: the text for rows without their own; null for the portal's. */
export const ChangedMessage = z.strictObject({ message: Message.nullable() });
export type ChangedMessage = z.infer<typeof ChangedMessage>;

/**
 * `POST /api/imports/:id/retry`. With nothing, all pairs that another try can help; with other criteria than
 * `reason`, exactly those that meet them.
 */
export const Retry = Selection.extend({
  /** Only pairs that were not invited for this reason. */
  reason: z.enum(RETRIED_REASONS).optional(),
});
export type Retry = z.infer<typeof Retry>;

/** `POST /api/imports/:id/start` */
export const Start = z.strictObject({
  /** Send only the first pairs that can be invited, then pause; `resume` sends the others. */
  first: z.int().min(1).max(100).optional(),
});
export type Start = z.infer<typeof Start>;

/** The body of an action without fields: none at all, or `{}`. */
export const NoFields = z.strictObject({}).nullish();
