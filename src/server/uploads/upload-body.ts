import { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { problem } from '../../messages/problems.ts';
import { fieldTwice, namesIn, unknownField } from '../http/field-issues.ts';
import { HttpProblem, wrongFields } from '../http/http-problem.ts';
import { UploadForm } from '../schemas/upload-schema.ts';

/** Media types of a file that is sent without a form. */
export const FILE_TYPES = [
  ...['text/csv', 'application/csv', 'text/tab-separated-values'],
  ...['application/json', 'application/x-ndjson'],
  ...['application/gzip', 'application/x-gzip'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.spreadsheet',
];

/** The field of a form that holds the file. */
const FILE_FIELD = 'file';

/** Limits of a form; its fields are few and short: messages and names of columns. */
const FORM_LIMITS = {
  ...{ files: 2, fields: 20, parts: 22 },
  ...{ fieldNameSize: 100, fieldSize: 100_000, headerPairs: 20 },
};

/** A file that is being uploaded. */
export interface Upload {
  /** The name that the client gives it. */
  fileName: string | undefined;
  file: AsyncIterable<Uint8Array>;
  /** Reads the other fields, before and after the file. Call it after reading the file. */
  fields(): Promise<Record<string, string>>;
}

/** @throws HttpProblem when the request contains no file */
export async function uploadOf(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  if (!request.isMultipart()) {
    const { body } = request;
    if (!(body instanceof Readable)) throw noFile();
    return { fileName: undefined, file: body, fields: async () => ({}) };
  }
  const fields: Record<string, string> = {};
  // One byte more than allowed, so that the code that counts the bytes finds too many.
  const limits = { ...FORM_LIMITS, fileSize: maxBytes + 1 };
  const parts = request.parts({ limits });
  const file = await nextFile(parts, fields);
  if (file === undefined) throw noFile();
  return {
    fileName: file.filename,
    file: file.file,
    async fields() {
      const second = await nextFile(parts, fields);
      if (second === undefined) return fields;
      second.file.resume();
      throw new HttpProblem('invalid_request', problem('files_many', {}));
    },
  };
}

async function nextFile(
  parts: ReturnType<FastifyRequest['parts']>,
  fields: Record<string, string>,
): Promise<MultipartFile | undefined> {
  for (;;) {
    const { done, value } = await parts.next();
    if (done) return undefined;
    const { fieldname } = value;
    if (value.type === 'file') {
      if (fieldname === FILE_FIELD) return value;
      value.file.resume();
      throw wrongFields([unknownField(fieldname, namesIn(UploadForm))]);
    }
    if (fieldname === FILE_FIELD)
      throw new HttpProblem('invalid_request', problem('file_is_text', {}));
    if (Object.hasOwn(fields, fieldname)) throw wrongFields([fieldTwice(fieldname)]);
    if (typeof value.value === 'string') fields[fieldname] = value.value;
  }
}

const noFile = () => new HttpProblem('invalid_request', problem('file_unsent', {}));
