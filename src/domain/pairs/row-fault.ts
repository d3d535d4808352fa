/** Why a row cannot be split into cells. */
export const ROW_FAULTS = [
  'row_too_long',
  'line_end_inside',
  'quote_inside',
  'quote_not_closed',
  'text_after_quote',
  'quote_closed_late',
  'formula_unvalued',
] as const;
export type RowFault = (typeof ROW_FAULTS)[number];
