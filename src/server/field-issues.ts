import type { FastifySchemaValidationError } from 'fastify';
import { z } from 'zod';
import { type FieldFaultCode, type FieldFaultParams, fieldFaults } from '../domain/field-faults.ts';
import type { FieldIssue } from './schemas/problem.ts';

type Wrong = Pick<FastifySchemaValidationError, 'keyword' | 'instancePath' | 'params' | 'message'>;
type Fault = Omit<FieldIssue, 'pointer'>;

/** What zod tells beside the kind of an issue. */
const Told = z.object({
  expected: z.string().optional(),
  origin: z.string().optional(),
  minimum: z.coerce.number().default(0),
  maximum: z.coerce.number().default(0),
  inclusive: z.boolean().default(true),
  values: z.array(z.coerce.string()).default([]),
});

/** @returns the issues of a schema, with what is wrong in words and for programs */
export const fieldIssues = (wrong: readonly Wrong[]): FieldIssue[] =>
  wrong.map((one) => ({ pointer: one.instancePath, ...faultOf(one) }));

/** @returns the same of what zod was asked without the server */
export const zodIssues = ({ issues }: z.ZodError): FieldIssue[] =>
  fieldIssues(
    issues.map((issue) => ({
      keyword: issue.code,
      instancePath: `/${issue.path.join('/')}`,
      params: { ...issue },
      message: issue.message,
    })),
  );

function faultOf({ keyword, params, message = 'is not right' }: Wrong): Fault {
  const told = Told.parse(params);
  const { minimum, maximum, inclusive } = told;
  switch (keyword) {
    case 'invalid_type':
      if (told.expected === 'number') return fault('no_number', {});
      if (told.expected === 'int') return fault('no_whole_number', {});
      if (told.expected === 'string') return fault('no_text', {});
      break;
    case 'too_small':
      // All numbers that are asked for are whole.
      if (told.origin !== 'string') {
        return fault('number_small', { least: inclusive ? minimum : minimum + 1 });
      }
      return minimum === 1 ? fault('empty', {}) : fault('text_short', { least: minimum });
    case 'too_big':
      return fault(told.origin === 'string' ? 'text_long' : 'number_large', { most: maximum });
    case 'invalid_value':
      return fault('not_among', { values: told.values.map((value) => `“${value}”`).join(', ') });
  }
  return fault('otherwise', { said: message });
}

const fault = <Code extends FieldFaultCode>(code: Code, params: FieldFaultParams<Code>): Fault => ({
  ...{ code, params },
  detail: fieldFaults.say(code, params),
});
