import { z } from 'zod';
import { ProblemDetails } from '../schemas/problem.ts';

const problem = (description: string) => ProblemDetails.describe(description);

/** An answer's schema beside those that every route may give. */
export const answers = <Schema extends z.ZodType>(schema: Schema) => ({
  200: schema,
  '4xx': problem('What is wrong with the request'),
  '5xx': problem('What is wrong with the program'),
});

/** For routes that answer with something that is no JSON. */
export const problemsOnly = {
  '4xx': problem('What is wrong with the request'),
  '5xx': problem('What is wrong with the program'),
};

/** An answer without content. */
export const Nothing = z.null().describe('Done');
