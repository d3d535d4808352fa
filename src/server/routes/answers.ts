import { z } from 'zod';
import { ProblemDetails } from '../schemas/problem-schema.ts';

/** What an answer may carry in its head, beside what every answer does. */
type AnswerHeaders = Readonly<Record<string, { type: 'string' | 'integer'; description: string }>>;

const text = (description: string) => ({ type: 'string' as const, description });

/** What is made elsewhere, piece by piece; no schema looks at it. */
export const Text = z.any().meta({ type: 'string' });

/** An answer of one media type, with the headers that it always has. */
export const answer = <Schema extends z.ZodType>(
  description: string,
  type: string,
  schema: Schema,
  headers: AnswerHeaders = {},
) => ({ description, content: { [type]: { schema } }, headers });

const problem = (description: string, headers: AnswerHeaders) =>
  answer(description, 'application/problem+json', ProblemDetails, headers);

const WRONG_REQUEST = problem('An error in the request', {
  allow: text('With 405: the allowed methods'),
  'www-authenticate': text('With 401: `Bearer`'),
  'retry-after': { type: 'integer', description: 'With 429: seconds to wait' },
});
const WRONG_PROGRAM = problem('An error in the program', {});

/** For routes that answer with something that is no JSON. */
export const problemsOnly = { '4xx': WRONG_REQUEST, '5xx': WRONG_PROGRAM };

/** An answer's schema beside those that every route may give. */
export const answers = <Schema extends z.ZodType>(schema: Schema) => ({
  200: schema,
  ...problemsOnly,
});

/** An answer without content. */
export const Nothing = z.null().describe('Done');
