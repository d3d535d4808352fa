import { basename, extname } from 'node:path';
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { resultsCsv } from '../../files/results/results-csv.ts';
import { openOriginals } from '../../ingest/originals-of.ts';
import { type RecordFilter, readRecords } from '../../ledger/results/read-records.ts';
import { findImportOr404 } from '../http/find-import-or-404.ts';
import { ImportPath } from '../schemas/id-schemas.ts';
import { ResultsQuery } from '../schemas/pair-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answer, problemsOnly, Text } from './answers.ts';

const CSV = answer('One record for each pair, duplicate and rejected row', 'text/csv', Text, {
  'content-disposition': { type: 'string', description: 'The file name' },
});

/** Streams an import's results as CSV; a part of them includes the file's other columns. */
export const resultsRoutes =
  ({ app: { db }, config }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/imports/:id/results.csv',
      {
        schema: {
          params: ImportPath,
          querystring: ResultsQuery,
          response: { 200: CSV, ...problemsOnly },
        },
      },
      async ({ params, query: { outcome, reason } }, reply) => {
        const found = await findImportOr404(db, params.id);
        const filter: RecordFilter = {
          ...(outcome !== undefined && { outcome }),
          ...(reason !== undefined && { reason }),
        };
        const isPart = outcome !== undefined || reason !== undefined;
        const originals = isPart ? openOriginals(config.dataDir, found) : undefined;
        async function* pieces() {
          await using _ = originals;
          yield* resultsCsv(readRecords(db, found.id, filter), originals);
        }
        const part = [outcome, reason].filter((word) => word !== undefined);
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', attachment([stem(found.fileName), found.id, ...part]))
          .send(Readable.from(pieces()));
      },
    );
  };

const stem = (fileName: string): string => basename(fileName, extname(fileName));

/** The name in any alphabet, and an ASCII name for clients that support no other. */
function attachment(words: readonly (string | number)[]): string {
  const name = `${words.join('-')}.csv`.replace(/\p{Cc}/gu, '').toWellFormed();
  const plain = name.replace(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${hex(sign)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const hex = (sign: string): string => sign.charCodeAt(0).toString(16).toUpperCase();
