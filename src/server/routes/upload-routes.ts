import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { visibleLine } from '../../domain/text/visible-text.ts';
import { problem } from '../../messages/problems.ts';
import { zodIssues } from '../http/field-issues.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { HttpProblem, wrongFields } from '../http/http-problem.ts';
import { IDEMPOTENCY_HEADERS } from '../http/idempotency-key.ts';
import { Import } from '../schemas/import-schema.ts';
import {
  MAX_NAME_CHARACTERS,
  UploadForm,
  UploadOptions,
  UploadQuery,
} from '../schemas/upload-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { FILE_TYPES, type Upload, uploadOf } from '../uploads/upload-body.ts';
import { optionsOf, refusing } from '../uploads/upload-options.ts';
import { answer, problemsOnly } from './answers.ts';

const TAKES_FILES = `Send multipart/form-data with the file in the field \`file\`, or the file itself as ${FILE_TYPES.join(', ')} with ?filename=.`;
const FOUND = answer(
  'The unfinished import of the same file with the same settings and message; or the import of the same request',
  'application/json',
  Import,
);
const MADE = answer('A new import', 'application/json', Import, {
  location: { type: 'string', description: 'The address of the import' },
});

/** Maximum size of what a form adds to its file, in bytes. */
const FORM_BYTES = 1_000_000;

/** Uploads a file. Only this route accepts files: its body parsers do not apply to other routes. */
export const uploadRoutes =
  ({ app: { db }, config, uploads, views, keys }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.removeAllContentTypeParsers();
    await app.register(fastifyMultipart);
    // JSON is streamed as well: it can hold millions of objects.
    app.addContentTypeParser(FILE_TYPES, (_request, payload, done) => done(null, payload));

    const refuseTooLarge = ({ headers }: FastifyRequest) => {
      const length = Number(headers['content-length'] ?? 0);
      if (length <= config.maxUploadBytes + FORM_BYTES) return;
      throw new HttpProblem(
        'too_large',
        problem('file_too_large', { file: '', most: config.maxUploadBytes, unpacked: 0 }),
      );
    };

    const accept = async (request: FastifyRequest, query: UploadQuery, header?: string) => {
      using entered = keys.enter(header);
      const upload = await uploadOf(request, config.maxUploadBytes);
      const { filename, ...said } = query;
      return await refusing(
        uploads.accept(upload.file, nameOf(upload, filename), async () => {
          const fields = { ...said, ...(await fieldsOf(upload)) };
          const { again = false } = fields;
          return { ...optionsOf(fields, request, config), again, key: entered.key };
        }),
      );
    };

    app.post(
      '/api/imports',
      {
        config: { takes: TAKES_FILES },
        onRequest: async (request) => refuseTooLarge(request),
        schema: {
          headers: IDEMPOTENCY_HEADERS,
          querystring: UploadQuery,
          response: { 200: FOUND, 201: MADE, ...problemsOnly },
        },
      },
      async (request, reply) => {
        const { 'idempotency-key': key } = request.headers;
        const taken = accept(request, request.query, key);
        const { importId, isNew } = await draining(request.raw, taken);
        const view = await views.showOne(await findImportOr404(db, importId));
        if (!isNew) return reply.code(200).send(view);
        return reply
          .code(201)
          .header('location', `${config.basePath}/api/imports/${importId}`)
          .send(view);
      },
    );
  };

async function fieldsOf({ fields }: Upload): Promise<UploadOptions> {
  const parsed = UploadOptions.safeParse(await fields());
  if (parsed.success) return parsed.data;
  throw wrongFields(zodIssues(parsed.error, UploadForm));
}

/** Reads and discards the rest of a refused upload, so that the response reaches the client. */
async function draining<T>(raw: FastifyRequest['raw'], taken: Promise<T>): Promise<T> {
  try {
    return await taken;
  } catch (error) {
    raw.resume();
    await finished(raw, { writable: false }).catch(() => {});
    throw error;
  }
}

/** @returns the name of the file, without folders and invisible characters */
function nameOf({ fileName }: Upload, given: string | undefined): string {
  const text = (fileName ?? given ?? '').replaceAll('\\', '/');
  const name = visibleLine(basename(text)).trim();
  // The end is kept, because it contains the type.
  return [...name].slice(-MAX_NAME_CHARACTERS).join('') || 'upload';
}
