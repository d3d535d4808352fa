/** More records are neither counted nor sorted, and no numbered page is behind them. */
export const MOST_RECORDS = 5_000;

/** What records can be sorted by. */
export const SORT_KEYS = ['line', 'group', 'user', 'outcome', 'time'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
