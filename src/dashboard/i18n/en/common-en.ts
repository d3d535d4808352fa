export const commonEn = {
  loading: 'Loading…',
  tryAgain: 'Try again',
  unreachable: 'Cannot reach the server',
  unreachableRemedy: 'Check that the server is running, then try again.',
  unreachableRetrying: 'Check that the server is running. This page retries automatically.',
  firstPage: 'First page',
  nextPage: 'Next page',
  pages: 'Pages',
  outcomeBar: 'Results',
  outcomeMeanings: 'What the results mean',
};
