import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type FormatOptions, givenFormat } from '../../csv/given-format.ts';
import { Problem } from '../../domain/problem.ts';
import { visibleLine } from '../../domain/visible-text.ts';
import type { Context } from '../context.ts';
import { zodIssues } from '../field-issues.ts';
import type { IntakeOptions } from '../intake/intake.ts';
import { HttpProblem, wrongFields } from '../problem.ts';
import { ImportPath } from '../schemas/ids.ts';
import { Import } from '../schemas/import.ts';
import type { ProblemKind } from '../schemas/problem.ts';
import { Reread, UploadOptions, UploadQuery } from '../schemas/upload.ts';
import { answers, problemsOnly } from './answers.ts';
import { requireImport } from './require-import.ts';
import { type Upload, uploadOf } from './upload-body.ts';

/** What a form adds to its file. */
const FORM_BYTES = 1_000_000;

/** Handing a file in, and having it read in another way. */
export const uploadRoutes =
  ({ app: { db }, config, intake, views }: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const optionsOf = (
      fields: Omit<UploadOptions, keyof FormatOptions> & FormatOptions,
      request: FastifyRequest,
    ): IntakeOptions => ({
      message: fields.message || (config.message ?? null),
      format: givenFormat(fields),
      start: fields.start ?? false,
      actor: request.caller?.role ?? 'admin',
    });

    const refuseTooLarge = ({ headers }: FastifyRequest) => {
      const length = Number(headers['content-length'] ?? 0);
      if (length > config.maxUploadBytes + FORM_BYTES) {
        throw new HttpProblem(
          'too_large',
          `The file has more than ${config.maxUploadBytes} bytes.`,
          {
            remedy: 'Divide the file, or raise MAX_UPLOAD_BYTES.',
            coded: { code: 'file_too_large', params: { file: '', most: config.maxUploadBytes } },
          },
        );
      }
    };

    app.post(
      '/api/imports',
      {
        onRequest: async (request) => refuseTooLarge(request),
        schema: { querystring: UploadQuery, response: { 201: Import, ...problemsOnly } },
      },
      async (request, reply) => {
        const upload = await uploadOf(request, config.maxUploadBytes);
        const id = await take(intake, upload, nameOf(upload, request.query.filename), async () =>
          optionsOf({ ...request.query, ...(await fieldsOf(upload)) }, request),
        );
        const view = await views.showOne(await requireImport(db, id));
        return reply.code(201).header('location', `/api/imports/${id}`).send(view);
      },
    );

    app.post(
      '/api/imports/:id/reread',
      { schema: { params: ImportPath, body: Reread, response: answers(Import) } },
      async (request) => {
        const found = await requireImport(db, request.params.id);
        const mayGo = found.state === 'ready' || found.state === 'reading';
        if (found.startedAt !== null || !(mayGo || found.problem !== null)) {
          throw new HttpProblem(
            'wrong_state',
            `Import ${found.id} was started: how it was read stands fast.`,
            {
              remedy: 'Hand the file in again.',
              coded: { code: 'already_started', params: { id: found.id } },
            },
          );
        }
        const { message = found.message, ...said } = request.body;
        const fields = Object.entries(said).filter(([, value]) => value !== null);
        const options = optionsOf(Object.fromEntries(fields), request);
        const id = await refusing(intake.takeAgain(found, { ...options, message }));
        return views.showOne(await requireImport(db, id));
      },
    );
  };

async function fieldsOf({ fields }: Upload): Promise<UploadOptions> {
  const parsed = UploadOptions.safeParse(await fields());
  if (parsed.success) return parsed.data;
  throw wrongFields(zodIssues(parsed.error));
}

/** What is left of a refused upload is read and thrown away, so that the answer reaches its sender. */
async function take(
  intake: Context['intake'],
  { file, rest }: Upload,
  name: string,
  optionsOf: () => Promise<IntakeOptions>,
): Promise<number> {
  try {
    return await refusing(intake.take(file, name, optionsOf));
  } catch (error) {
    rest.resume();
    await finished(rest, { writable: false }).catch(() => {});
    throw error;
  }
}

/** What is not about how the file can be read. */
const KINDS: Readonly<Record<string, ProblemKind | undefined>> = {
  file_too_large: 'too_large',
  import_moved_on: 'wrong_state',
};

/** @throws HttpProblem for what is wrong with the file, and Problem for what is wrong with the ledger */
async function refusing<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { message, remedy, coded } = error;
    if (coded?.code.startsWith('ledger_')) throw error;
    throw new HttpProblem(KINDS[coded?.code ?? ''] ?? 'unreadable_file', message, {
      remedy,
      coded,
    });
  }
}

const LONGEST_NAME = 255;

/** @returns what the person calls the file, without folders and signs that nobody sees */
function nameOf({ fileName }: Upload, given: string | undefined): string {
  const text = (fileName ?? given ?? '').replaceAll('\\', '/');
  const name = visibleLine(basename(text)).trim();
  // The end tells more than the beginning: it holds the type.
  return [...name].slice(-LONGEST_NAME).join('') || 'upload.csv';
}
