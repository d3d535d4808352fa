import { basename, extname } from 'node:path';
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Import } from '../../domain/imports/import.ts';
import type { WantedRecords } from '../../ledger/search/wanted-records.ts';
import { resultsFile } from '../../records/results-file.ts';
import { attachment } from '../http/attachment.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { ResultsCsvQuery, ResultsQuery } from '../schemas/pair-schema.ts';
import { wantedOf } from '../search/criteria.ts';
import type { ServerContext } from '../server-context.ts';
import { Bytes, CSV_TYPE, fileAnswer, problemsOnly, Text, XLSX_TYPE } from './answers.ts';

const CSV = fileAnswer('One record for each pair, duplicate and rejected row', CSV_TYPE, Text);
const XLSX = fileAnswer('A workbook with a summary and a sheet per outcome', XLSX_TYPE, Bytes);

/** Streams an import's results with the file's own columns, as CSV or as a workbook. */
export const resultsRoutes =
  ({ app: { db }, config: { dataDir } }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/imports/:id/results.csv',
      {
        schema: {
          params: ImportPath,
          querystring: ResultsCsvQuery,
          response: { 200: CSV, ...problemsOnly },
        },
      },
      async ({ params, query: { delimiter, ...query } }, reply) => {
        const found = await findImportOr404(db, params.id);
        const filter = wantedOf(query);
        return reply
          .type(`${CSV_TYPE}; charset=utf-8`)
          .header('content-disposition', attachment(nameOf(found, filter), 'csv'))
          .send(Readable.from(resultsFile(db, found, { dataDir, delimiter, ...filter })));
      },
    );

    app.get(
      '/api/imports/:id/results.xlsx',
      {
        schema: {
          params: ImportPath,
          querystring: ResultsQuery,
          response: { 200: XLSX, ...problemsOnly },
        },
      },
      async ({ params, query }, reply) => {
        const found = await findImportOr404(db, params.id);
        const filter = wantedOf(query);
        const pieces = resultsFile(db, found, { dataDir, format: 'xlsx', ...filter });
        return reply
          .type(XLSX_TYPE)
          .header('content-disposition', attachment(nameOf(found, filter), 'xlsx'))
          .send(Readable.from(pieces));
      },
    );
  };

const nameOf = ({ id, fileName }: Import, { outcome, reason }: WantedRecords) => [
  basename(fileName, extname(fileName)),
  id,
  ...[outcome, reason].filter((word) => word !== undefined),
];
