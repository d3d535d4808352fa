/** @returns the first page, the last one, and those around the current one, in order */
export const shownPages = (page: number, last: number): number[] =>
  [...new Set([1, page - 1, page, page + 1, last])]
    .filter((one) => one >= 1 && one <= last)
    .sort((a, b) => a - b);
