import { z } from 'zod';
import { nearest } from '../../domain/text/nearest.ts';
import { shorten } from '../../files/rows/cell.ts';
import {
  FIELD_FAULTS,
  type FieldFaultCode,
  type FieldFaultParams,
} from '../../messages/en/field-faults-en.ts';
import { fill } from '../../messages/templates.ts';
import type { FieldIssue } from '../schemas/problem-schema.ts';

type Fault = Omit<FieldIssue, 'pointer'>;

/** The fields of a zod issue besides its code. */
const Reported = z.object({
  expected: z.string().optional(),
  origin: z.string().optional(),
  minimum: z.coerce.number().default(0),
  maximum: z.coerce.number().default(0),
  inclusive: z.boolean().default(true),
  values: z.array(z.coerce.string()).default([]),
});

/**
 * @param schema the expected schema, which contains the known names
 * @returns what is wrong with each field, as text and as code
 */
export const zodIssues = ({ issues }: z.core.$ZodError, schema: z.core.$ZodType): FieldIssue[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownField(key, namesIn(schema)))
      : { pointer: pointerTo(issue.path), ...faultOf(issue) },
  );

const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((name) => `/${String(name)}`).join('');

/** @returns the issue of a body that is not an object */
export const noObject = (): FieldIssue => ({ pointer: '', ...fault('no_object', {}) });

/** @returns the issue of an unknown field */
export function unknownField(name: string, names: readonly string[]): FieldIssue {
  const pointer = `/${shorten(name, SHOWN_CHARACTERS)}`;
  const known = names.join(', ');
  const meant = nearest(name, names);
  if (known === '') return { pointer, ...fault('none_known', {}) };
  return meant === undefined
    ? { pointer, ...fault('unknown', { known }) }
    : { pointer, ...fault('unknown_meant', { meant, known }) };
}

/** @returns the issue of a field that a form or a query contains more than once */
export const fieldTwice = (name: string): FieldIssue => ({
  pointer: `/${shorten(name, SHOWN_CHARACTERS)}`,
  ...fault('twice', {}),
});

const SHOWN_CHARACTERS = 60;

/** @returns the field names of an object schema, also when the object is optional or nullable */
export function namesIn(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return namesIn(schema.unwrap());
  }
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function faultOf(issue: z.core.$ZodIssue): Fault {
  const reported = Reported.parse(issue);
  const { minimum, maximum, inclusive } = reported;
  switch (issue.code) {
    case 'invalid_type':
      if (reported.expected === 'number') return fault('no_number', {});
      if (reported.expected === 'int') return fault('no_whole_number', {});
      if (reported.expected === 'string') return fault('no_text', {});
      if (reported.expected === 'object') return fault('no_object', {});
      break;
    case 'invalid_union': {
      // The first option of a union is the usual one.
      const [first] = issue.errors[0] ?? [];
      if (first !== undefined) return faultOf(first);
      break;
    }
    case 'too_small':
      // All number fields are integers.
      if (reported.origin !== 'string') {
        return fault('number_small', { least: inclusive ? minimum : minimum + 1 });
      }
      return minimum === 1 ? fault('empty', {}) : fault('text_short', { least: minimum });
    case 'too_big':
      return fault(reported.origin === 'string' ? 'text_long' : 'number_large', { most: maximum });
    case 'invalid_format':
      // The only string format in use.
      return fault('no_digits', {});
    case 'invalid_value':
      return fault('not_among', {
        values: reported.values.map((value) => `“${value}”`).join(', '),
      });
  }
  return fault('otherwise', { said: issue.message });
}

const fault = <Code extends FieldFaultCode>(code: Code, params: FieldFaultParams<Code>): Fault => ({
  ...{ code, params },
  detail: fill(FIELD_FAULTS[code], params),
});
