import type { Params } from '../templates.ts';

/** What may be wrong with a field of a request, as it goes on after the field's name. */
export const FIELD_FAULTS = {
  no_number: 'must be given as a number',
  no_digits: 'must be a number in plain digits, like 15',
  no_whole_number: 'must be given as a whole number',
  no_text: 'must be given as text',
  no_object: 'must be an object of JSON',
  number_small: 'must be {#least} or more',
  number_large: 'must be {#most} or less',
  empty: 'must not be empty',
  text_short: 'must have {#least} characters or more',
  text_long: 'must have {#most} characters or fewer',
  not_among: 'must be one of {values}',
  twice: 'is given twice',
  unknown: 'is not known here; known are {known}',
  unknown_meant: 'is not known here: did you mean {meant}? Known are {known}',
  none_known: 'is not known here; nothing is',
  otherwise: '{said}',
} as const;

export type FieldFaultCode = keyof typeof FIELD_FAULTS;
export type FieldFaultParams<Code extends FieldFaultCode> = Params<(typeof FIELD_FAULTS)[Code]>;
