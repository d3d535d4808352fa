export const commonEn = {
  loading: 'Loading…',
  again: 'Try again',
  unreachable: 'The server cannot be reached',
  unreachableRemedy: 'Look whether it runs, then try again.',
  unreachableGoesOn: 'Look whether it runs; this page tries again by itself.',
  newest: 'To the beginning',
  next: 'Next page',
  pages: 'Pages',
  outcomeBar: 'What became of the rows',
};
