import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Import as StoredImport } from '../../domain/imports/import.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import { namesOf as chosenNames, parseChoices } from '../../files/choices/format-choices.ts';
import { parseFormat } from '../../files/csv/csv-format.ts';
import { readFirstRows } from '../../ingest/first-rows.ts';
import { findSource } from '../../ingest/kept-source.ts';
import type { Db } from '../../ledger/db/schema.ts';
import { findEarlier } from '../../ledger/imports/imports-of-file.ts';
import { findImportChoices, forgetChoices } from '../../ledger/imports/remembered-choices.ts';
import type { ImportRecord } from '../../ledger/results/import-record.ts';
import { searchRecords } from '../../ledger/results/search-records.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';
import { problem } from '../../messages/problems.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { portalCheck } from '../presenters/portal-check.ts';
import { namesOf } from '../presenters/record-names.ts';
import { recordView } from '../presenters/record-view.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { Import } from '../schemas/import-schema.ts';
import { Review } from '../schemas/review-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, Nothing, problemsOnly } from './answers.ts';

const FIRST_ROWS = 10;
const FIRST_REJECTS = 20;

/** Everything to review before the start. */
export const reviewRoutes =
  ({ app: { db }, checks, config, views }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.delete(
      '/api/imports/:id/remembered',
      {
        schema: {
          description:
            'Forgets what was chosen for the header of this file; later files are detected again',
          ...{ params: ImportPath, response: { 204: Nothing, ...problemsOnly } },
        },
      },
      async ({ params }, reply) => {
        const { id } = await findImportOr404(db, params.id);
        await forgetChoices(db, id);
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/imports/:id/check',
      {
        schema: {
          description:
            'Checks the pending pairs of an import that is ready against the portal again; sends nothing',
          ...{ params: ImportPath, response: answers(Import) },
        },
      },
      async ({ params }) => {
        const found = await findImportOr404(db, params.id);
        const { id, state } = found;
        if (state !== 'ready') {
          throw new HttpProblem(
            'wrong_state',
            problem('order_senseless', { id, state, order: 'checking it' }),
          );
        }
        checks.begin(id);
        return views.showOne(found);
      },
    );

    app.get(
      '/api/imports/:id/review',
      { schema: { params: ImportPath, response: answers(Review) } },
      async ({ params }): Promise<Review> => {
        const found = await findImportOr404(db, params.id);
        const { id, rows, rejectedRows, emptyTexts, pairs: total, message: text } = found;
        const outcomes = countByOutcome(await readTallies(db, id));
        const { rejected: rejects, duplicate: duplicates } = outcomes;
        const first = await searchRecords(db, id, {}, { limit: FIRST_ROWS });
        const wrong = await searchRecords(
          db,
          id,
          { outcome: 'rejected' },
          { limit: FIRST_REJECTS },
        );
        const names = await namesOf(db, id, [...first.records, ...wrong.records]);
        const show = (record: ImportRecord) => recordView(record, names);
        return {
          import: await views.showOne(found),
          remembered: await rememberedOf(db, id),
          earlier: await earlierOf(db, found),
          firstRows: await firstRows(found, config.dataDir),
          firstPairs: first.records.map(show),
          counts: {
            ...{ rows, rejectedRows, emptyTexts, total, duplicates, rejects },
            pairs: total - duplicates - rejects,
          },
          rejects: {
            first: wrong.records.map(show),
            csv: `${config.basePath}/api/imports/${id}/results.csv?outcome=rejected`,
          },
          message: { text, length: text?.length ?? 0 },
          portal: await portalCheck(db, found),
        };
      },
    );
  };

async function earlierOf(db: Db, found: StoredImport): Promise<Review['earlier']> {
  const earlier = await findEarlier(db, found);
  if (earlier === undefined) return null;
  const { invited } = countByOutcome(await readTallies(db, earlier.id));
  return { id: earlier.id, startedAt: earlier.startedAt?.toISOString() ?? '', invited };
}

async function rememberedOf(db: Db, id: number): Promise<Review['remembered']> {
  const { remembered = null } = (await findImportChoices(db, id)) ?? {};
  return remembered === null ? null : chosenNames(parseChoices(remembered));
}

/** @returns the first rows of the file, if it is still stored */
async function firstRows(found: StoredImport, dataDir: string): Promise<Review['firstRows']> {
  const { fileName, fileDigest } = found;
  const format = parseFormat(found.format);
  const kept = findSource(fileDigest, { dataDir, fileName, maxBytes: Number.POSITIVE_INFINITY });
  if (format === undefined || kept === undefined) return [];
  return readFirstRows(kept, format, FIRST_ROWS);
}
