import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { fieldTwice, zodIssues } from './field-issues.ts';
import { wrongFields } from './http-problem.ts';

/** Validates a part of a request. The error names each wrong field, and the known ones. */
export const validatorCompiler: FastifySchemaCompiler<z.core.$ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const parsed = z.safeParse(schema, data);
    if (parsed.success) return { value: parsed.data };
    const twice = httpPart === 'querystring' ? repeated(data) : [];
    const issues = zodIssues(parsed.error, schema).filter(
      ({ pointer }) => !twice.includes(pointer.slice(1)),
    );
    return { error: wrongFields([...twice.map(fieldTwice), ...issues], httpPart) };
  };

/** @returns the parameters of a query that are given more than once */
const repeated = (query: object): string[] =>
  Object.entries(query).flatMap(([name, value]) => (Array.isArray(value) ? name : []));
