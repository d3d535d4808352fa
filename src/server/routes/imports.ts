import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { auditDetails } from '../../domain/audit-details.ts';
import { explain } from '../../domain/explain.ts';
import { readAudit } from '../../ledger/audit.ts';
import { readImportPage } from '../../ledger/imports.ts';
import { readMinutes } from '../../ledger/minutes.ts';
import type { Context } from '../context.ts';
import { AuditTrail } from '../schemas/audit.ts';
import { ImportPath } from '../schemas/ids.ts';
import { Import, ImportPage } from '../schemas/import.ts';
import { PageQuery } from '../schemas/page.ts';
import { Rate } from '../schemas/rate.ts';
import { answers } from './answers.ts';
import { parseCursor, toCursor } from './cursor.ts';
import { requireImport } from './require-import.ts';

/** A chart of a day. */
const MINUTES = 1_440;

/** The list of imports, and one of them with its trail and its pace. */
export const importRoutes =
  ({ app: { db }, views }: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/imports',
      { schema: { querystring: PageQuery, response: answers(ImportPage) } },
      async ({ query: { cursor, limit } }) => {
        const [before] = parseCursor(cursor) ?? [];
        const imports = await readImportPage(db, { before, limit: limit + 1 });
        const page = imports.slice(0, limit);
        const last = page.at(-1);
        const hasMore = imports.length > limit && last !== undefined;
        return { items: await views.show(page), next: toCursor(hasMore ? [last.id] : undefined) };
      },
    );

    app.get(
      '/api/imports/:id',
      { schema: { params: ImportPath, response: answers(Import) } },
      async ({ params }) => views.showOne(await requireImport(db, params.id)),
    );

    app.get(
      '/api/imports/:id/audit',
      { schema: { params: ImportPath, response: answers(AuditTrail) } },
      async ({ params }) => {
        const { id } = await requireImport(db, params.id);
        const entries = await readAudit(db, id);
        return {
          items: entries.map(({ at, ...entry }) => {
            const [said = null] = auditDetails.read(entry.detail ?? '');
            const retried = retriedBy(entry.action);
            return { at: new Date(at).toISOString(), ...entry, retried, said };
          }),
        };
      },
    );

    app.get(
      '/api/imports/:id/rate',
      { schema: { params: ImportPath, response: answers(Rate) } },
      async ({ params }) => {
        const { id } = await requireImport(db, params.id);
        const minutes = await readMinutes(db, id, MINUTES);
        return {
          points: minutes.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
        };
      },
    );
  };

function retriedBy(action: string): AuditTrail['items'][number]['retried'] {
  const [, reason] = /^retry (.+)$/.exec(action) ?? [];
  return reason === undefined ? null : { reason, meaning: explain('failed', reason).meaning };
}
