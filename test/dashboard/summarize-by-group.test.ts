import { expect, test } from 'vitest';
import { shownPages } from '../../src/dashboard/components/shown-pages.ts';
import { summarizeByGroup } from '../../src/dashboard/features/people/summarize-by-group.ts';
import { aPersonRecord } from './fake-api/fake-records.ts';

test('a person has one summary per group, of the latest result that is no duplicate', () => {
  const duplicate = aPersonRecord({ group: '2', outcome: 'duplicate', reason: 'of_line_2' });
  const invited = aPersonRecord({ group: '2', line: 2 });
  const failed = aPersonRecord({ group: '3', outcome: 'failed', reason: 'banned' });
  const old = aPersonRecord({ group: '3', line: 9 });
  expect(summarizeByGroup([duplicate, failed, invited, old])).toEqual([
    { latest: invited, count: 2 },
    { latest: failed, count: 2 },
  ]);
});

test.each([
  [1, 1, [1]],
  [1, 9, [1, 2, 9]],
  [5, 9, [1, 4, 5, 6, 9]],
  [9, 9, [1, 8, 9]],
])('of page %i of %i, these are linked', (page, last, expected) => {
  expect(shownPages(page, last)).toEqual(expected);
});
