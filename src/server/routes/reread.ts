import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Context } from '../context.ts';
import { IDEMPOTENCY_HEADERS, obeyOnce } from '../idempotency-key.ts';
import { HttpProblem } from '../problem.ts';
import { ImportPath } from '../schemas/ids.ts';
import { Import } from '../schemas/import.ts';
import { Reread } from '../schemas/upload.ts';
import { answers } from './answers.ts';
import { optionsOf, refusing } from './intake-order.ts';
import { requireImport } from './require-import.ts';

/** Having a file read in another way. */
export const rereadRoutes =
  ({ app: { db }, config, intake, views, keys }: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/imports/:id/reread',
      {
        schema: {
          ...{ headers: IDEMPOTENCY_HEADERS, params: ImportPath },
          ...{ body: Reread, response: answers(Import) },
        },
      },
      async (request) => {
        const id = await obeyOnce(db, keys, request, async () => {
          const found = await requireImport(db, request.params.id);
          if (found.startedAt !== null) {
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
          const options = optionsOf(Object.fromEntries(fields), request, config);
          return refusing(intake.takeAgain(found, { ...options, message }));
        });
        return views.showOne(await requireImport(db, id));
      },
    );
  };
