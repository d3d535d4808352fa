import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { dropUnusedSource } from '../../ingest/drop-unused-source.ts';
import { archiveImport } from '../../ledger/imports/archive-import.ts';
import { hasImportOf } from '../../ledger/imports/imports-of-file.ts';
import { hideEnded } from '../../ledger/imports/purge-imports.ts';
import { problem } from '../../messages/problems.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { Import } from '../schemas/import-schema.ts';
import { NoFields } from '../schemas/upload-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, Nothing, problemsOnly } from './answers.ts';

/** Moves imports to the archive, back, and away for ever. */
export const keepRoutes =
  ({
    app: { db },
    config: { dataDir },
    views,
    live,
    checks,
    purges,
  }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    for (const name of ['archive', 'unarchive'] as const) {
      app.post(
        `/api/imports/:id/${name}`,
        { schema: { params: ImportPath, body: NoFields, response: answers(Import) } },
        async ({ params, caller }) => {
          const { id, state } = await findImportOr404(db, params.id);
          const actor = caller?.role ?? 'admin';
          if (!(await archiveImport(db, id, name === 'archive', actor)))
            throw refusal(id, state, name);
          live.republish(id);
          return views.showOne(await findImportOr404(db, id));
        },
      );
    }

    app.delete(
      '/api/imports/:id',
      { schema: { params: ImportPath, response: { 204: Nothing, ...problemsOnly } } },
      async ({ params, caller, log }, reply) => {
        const { id, state, fileDigest } = await findImportOr404(db, params.id);
        await checks.breakOff(id);
        if (!(await hideEnded(db, id))) throw refusal(id, state, 'delete');
        log.info({ importId: id, actor: caller?.role ?? 'admin' }, 'import deleted');
        await dropUnusedSource(dataDir, fileDigest, () => hasImportOf(db, fileDigest));
        live.gone(id, null);
        purges.begin();
        return reply.code(204).send(null);
      },
    );
  };

const refusal = (id: number, state: string, order: string): HttpProblem =>
  new HttpProblem('wrong_state', problem('order_senseless', { id, state, order }));
