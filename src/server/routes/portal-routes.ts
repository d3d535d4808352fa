import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { tryNow } from '../../ledger/delivery/holds.ts';
import { recordAudit } from '../../ledger/imports/audit.ts';
import { Portal } from '../schemas/portal-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers } from './answers.ts';

/** What the portal allows and whether it is held. */
export const portalRoutes =
  ({ app: { db }, monitor }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    const show = async (): Promise<Portal> => ({
      ...(await monitor.now()),
      history: [...monitor.history],
    });

    app.get('/api/portal', { schema: { response: answers(Portal) } }, show);

    app.post(
      '/api/portal/try-now',
      { schema: { response: answers(Portal) } },
      async ({ caller }) => {
        await tryNow(db, monitor.portal);
        const actor = caller?.role ?? 'admin';
        await recordAudit(db, {
          ...{ importId: null, portal: monitor.portal, actor, action: 'try now' },
        });
        return show();
      },
    );
  };
