import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { mayChangeTexts } from '../../domain/portal/plan.ts';
import { changeMessage } from '../../ledger/imports/change-message.ts';
import { problem } from '../../messages/problems.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { Import } from '../schemas/import-schema.ts';
import { ChangedMessage } from '../schemas/upload-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers } from './answers.ts';

export const editRoutes =
  ({ app: { db, client }, views }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/imports/:id/message',
      { schema: { params: ImportPath, body: ChangedMessage, response: answers(Import) } },
      async ({ params, body, caller }) => {
        const { id } = await findImportOr404(db, params.id);
        const isChanged = await changeMessage(db, id, body.message, {
          actor: caller?.role ?? 'admin',
          mayChangeTexts: mayChangeTexts(client.profile.latest.plan),
        });
        const now = await findImportOr404(db, id);
        if (!isChanged) {
          throw new HttpProblem(
            'wrong_state',
            problem('order_senseless', { id, state: now.state, order: 'changing the message' }),
          );
        }
        return views.showOne(now);
      },
    );
  };
