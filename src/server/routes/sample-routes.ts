import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sampleCsv, sampleXlsx } from '../../files/samples/sample-file.ts';
import { sampleTable, templateTable } from '../../files/samples/sample-tables.ts';
import { attachment } from '../http/attachment.ts';
import { SampleCsvQuery, SampleQuery } from '../schemas/sample-schema.ts';
import { Bytes, CSV_TYPE, fileAnswer, problemsOnly, Text, XLSX_TYPE } from './answers.ts';

const TABLES = { sample: sampleTable, template: templateTable };

/** Files that show what a table should look like; the sample can be imported into the sandbox portal. */
export const sampleRoutes = (): FastifyPluginAsyncZod => async (app) => {
  for (const [name, tableIn] of Object.entries(TABLES)) {
    app.get(
      `/api/${name}.csv`,
      {
        schema: {
          querystring: SampleCsvQuery,
          response: { 200: fileAnswer('A table', CSV_TYPE, Text), ...problemsOnly },
        },
      },
      async ({ query: { language, delimiter } }, reply) =>
        reply
          .type(`${CSV_TYPE}; charset=utf-8`)
          .header('content-disposition', attachment([name], 'csv'))
          .send(sampleCsv(tableIn(language), delimiter ?? (language === 'ru' ? ';' : ','))),
    );
    app.get(
      `/api/${name}.xlsx`,
      {
        schema: {
          querystring: SampleQuery,
          response: { 200: fileAnswer('A workbook', XLSX_TYPE, Bytes), ...problemsOnly },
        },
      },
      async ({ query: { language } }, reply) =>
        reply
          .type(XLSX_TYPE)
          .header('content-disposition', attachment([name], 'xlsx'))
          .send(await sampleXlsx(tableIn(language))),
    );
  }
};
