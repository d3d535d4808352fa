/** Why the cells of a row cannot be told apart. */
export const ROW_FAULTS = [
  'row_too_long',
  'quote_inside',
  'quote_not_closed',
  'text_after_quote',
  'quote_closed_late',
] as const;
export type RowFault = (typeof ROW_FAULTS)[number];
