import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { isReason } from '../../domain/pairs/outcome.ts';
import { readAudit } from '../../ledger/imports/audit.ts';
import { readImportPage } from '../../ledger/imports/import-page.ts';
import { readMinutes } from '../../ledger/tallies/minute-tallies.ts';
import { describeAuditDetail, isAuditDetail } from '../../messages/audit-details.ts';
import { explain } from '../../messages/explain.ts';
import { parseCursor, toCursor } from '../http/cursor.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { AuditTrail } from '../schemas/audit-schema.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { Import, ImportPage, ImportsQuery } from '../schemas/import-schema.ts';
import { Rate } from '../schemas/rate-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers } from './answers.ts';

/** Number of minutes in the chart: one day. */
const MINUTES = 1_440;

/** The list of imports, and one import with its audit trail and its rate. */
export const importRoutes =
  ({ app: { db }, views }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/imports',
      { schema: { querystring: ImportsQuery, response: answers(ImportPage) } },
      async ({ query: { cursor, limit, q: text, active, archived } }) => {
        const [before] = parseCursor(cursor) ?? [];
        const wanted = { text, active, archived, before, limit: limit + 1 };
        const imports = await readImportPage(db, wanted);
        const page = imports.slice(0, limit);
        const last = page.at(-1);
        const hasMore = imports.length > limit && last !== undefined;
        return { items: await views.show(page), next: toCursor(hasMore ? [last.id] : undefined) };
      },
    );

    app.get(
      '/api/imports/:id',
      { schema: { params: ImportPath, response: answers(Import) } },
      async ({ params }) => views.showOne(await findImportOr404(db, params.id)),
    );

    app.get(
      '/api/imports/:id/audit',
      { schema: { params: ImportPath, response: answers(AuditTrail) } },
      async ({ params }) => {
        const { id } = await findImportOr404(db, params.id);
        const entries = await readAudit(db, id);
        return {
          items: entries.map(({ at, detail, ...entry }) => ({
            ...entry,
            at: new Date(at).toISOString(),
            retried: retriedBy(entry.action),
            detail: detail && describeAuditDetail(detail),
            said: detail !== null && isAuditDetail(detail) ? detail : null,
          })),
        };
      },
    );

    app.get(
      '/api/imports/:id/rate',
      { schema: { params: ImportPath, response: answers(Rate) } },
      async ({ params }) => {
        const { id } = await findImportOr404(db, params.id);
        const minutes = await readMinutes(db, id, MINUTES);
        return {
          points: minutes.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
        };
      },
    );
  };

function retriedBy(action: string): AuditTrail['items'][number]['retried'] {
  const [, reason] = /^retry (.+)$/.exec(action) ?? [];
  return reason === undefined || !isReason(reason)
    ? null
    : { reason, meaning: explain('failed', reason).meaning };
}
