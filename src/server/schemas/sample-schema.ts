import { z } from 'zod';
import { DELIMITERS } from '../../files/csv/delimiter.ts';
import { SAMPLE_LANGUAGES } from '../../files/samples/sample-tables.ts';

/** `GET /api/sample.xlsx` and `GET /api/template.xlsx` */
export const SampleQuery = z.strictObject({
  language: z.enum(SAMPLE_LANGUAGES).default('en'),
});

/** `GET /api/sample.csv` and `GET /api/template.csv` */
export const SampleCsvQuery = SampleQuery.extend({
  /** @default a semicolon in Russian, a comma in English, as their spreadsheets expect */
  delimiter: z.enum(DELIMITERS).optional(),
});
