import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Import } from '../../domain/imports/import.ts';
import { countByOutcome } from '../../domain/pairs/outcome.ts';
import type { ResultRecord } from '../../domain/pairs/result-record.ts';
import { parseFormat } from '../../files/csv/csv-format.ts';
import { readCells } from '../../files/rows/rows.ts';
import { findSource } from '../../ingest/kept-source.ts';
import { searchRecords } from '../../ledger/results/search-records.ts';
import { readTallies } from '../../ledger/tallies/tallies.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { portalCheck } from '../presenters/portal-check.ts';
import { groupNamesOf } from '../presenters/record-group-names.ts';
import { recordView } from '../presenters/record-view.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { Review } from '../schemas/review-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers } from './answers.ts';

const FIRST_ROWS = 10;
const FIRST_REJECTS = 20;

/** Everything to review before the start. */
export const reviewRoutes =
  ({ app: { db }, config, views }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/imports/:id/review',
      { schema: { params: ImportPath, response: answers(Review) } },
      async ({ params }): Promise<Review> => {
        const found = await findImportOr404(db, params.id);
        const { id, rows, rejectedRows, pairs: total, message: text } = found;
        const outcomes = countByOutcome(await readTallies(db, id));
        const { rejected: rejects, duplicate: duplicates } = outcomes;
        const first = await searchRecords(db, id, {}, { limit: FIRST_ROWS });
        const wrong = await searchRecords(
          db,
          id,
          { outcome: 'rejected' },
          { limit: FIRST_REJECTS },
        );
        const { names } = await groupNamesOf(db, id, [...first.records, ...wrong.records]);
        const show = (record: ResultRecord) => recordView(record, names);
        return {
          import: await views.showOne(found),
          firstRows: await firstRows(found, config.dataDir),
          firstPairs: first.records.map(show),
          counts: {
            ...{ rows, rejectedRows, total, duplicates, rejects },
            pairs: total - duplicates - rejects,
          },
          rejects: {
            first: wrong.records.map(show),
            csv: `/api/imports/${id}/results.csv?outcome=rejected`,
          },
          message: { text, length: text?.length ?? 0 },
          portal: await portalCheck(db, id),
        };
      },
    );
  };

/** @returns the first rows of the file, if it is still stored */
async function firstRows(found: Import, dataDir: string): Promise<Review['firstRows']> {
  const { fileName, fileDigest } = found;
  const format = parseFormat(found.format);
  const kept = findSource(fileDigest, { dataDir, fileName, maxBytes: Number.POSITIVE_INFINITY });
  if (format === undefined || kept === undefined) return [];
  const rows: Review['firstRows'] = [];
  for await (const records of readCells(kept.open(), { fileName, format })) {
    for (const record of records) {
      rows.push({ line: record.line, cells: record.kind === 'record' ? [...record.cells] : [] });
      if (rows.length === FIRST_ROWS) return rows;
    }
  }
  return rows;
}
