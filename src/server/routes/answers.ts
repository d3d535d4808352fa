import { z } from 'zod';
import { ProblemDetails } from '../schemas/problem-schema.ts';

/** Headers of a response, besides those that every response has. */
type AnswerHeaders = Readonly<Record<string, { type: 'string' | 'integer'; description: string }>>;

const text = (description: string) => ({ type: 'string' as const, description });

/** A text that is generated in pieces; no schema validates it. */
export const Text = z.any().meta({ type: 'string' });

/** Bytes that are generated in pieces; no schema validates them. */
export const Bytes = z.any().meta({ type: 'string', format: 'binary' });

export const CSV_TYPE = 'text/csv';
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A response of one media type, with the headers that it always has. */
export const answer = <Schema extends z.ZodType>(
  description: string,
  type: string,
  schema: Schema,
  headers: AnswerHeaders = {},
) => ({ description, content: { [type]: { schema } }, headers });

/** A response that a browser saves as a file. */
export const fileAnswer = (description: string, type: string, schema: z.ZodType) =>
  answer(description, type, schema, {
    'content-disposition': { type: 'string', description: 'The file name' },
  });

const problem = (description: string, headers: AnswerHeaders) =>
  answer(description, 'application/problem+json', ProblemDetails, headers);

const WRONG_REQUEST = problem('An error in the request', {
  allow: text('With 405: the allowed methods'),
  'www-authenticate': text('With 401: `Bearer`'),
  'retry-after': { type: 'integer', description: 'With 429: seconds to wait' },
});
const WRONG_PROGRAM = problem('An error in the program', {});

/** For routes with a response that is not JSON. */
export const problemsOnly = { '4xx': WRONG_REQUEST, '5xx': WRONG_PROGRAM };

/** The schema of a response, and those of the problems that every route can return. */
export const answers = <Schema extends z.ZodType>(schema: Schema) => ({
  200: schema,
  ...problemsOnly,
});

export const Nothing = z.null().describe('Done');
