import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { problem } from '../../messages/problems.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { IDEMPOTENCY_HEADERS, runOnce } from '../http/idempotency-key.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { Import } from '../schemas/import-schema.ts';
import { Reread } from '../schemas/upload-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { optionsOf, refusing } from '../uploads/upload-options.ts';
import { answers } from './answers.ts';

export const rereadRoutes =
  ({ app: { db }, config, uploads, views, keys }: ServerContext): FastifyPluginAsyncZod =>
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
        const id = await runOnce(db, keys, request, async () => {
          const found = await findImportOr404(db, request.params.id);
          if (found.startedAt !== null) {
            throw new HttpProblem('wrong_state', problem('already_started', { id: found.id }));
          }
          const { message = found.message, ...said } = request.body;
          const fields = Object.entries(said).filter(([, value]) => value !== null);
          const options = optionsOf(Object.fromEntries(fields), request, config);
          return refusing(uploads.reread(found, { ...options, message }));
        });
        return views.showOne(await findImportOr404(db, id));
      },
    );
  };
