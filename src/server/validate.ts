import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { zodIssues } from './field-issues.ts';
import { wrongFields } from './problem.ts';

/** Validates a part of a request; of what is wrong it names each field, and the known ones of an unknown. */
export const validatorCompiler: FastifySchemaCompiler<z.core.$ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const parsed = z.safeParse(schema, data);
    if (parsed.success) return { value: parsed.data };
    return { error: wrongFields(zodIssues(parsed.error, schema), httpPart) };
  };
