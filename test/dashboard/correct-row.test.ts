import { expect, test } from 'vitest';
import { suggestionsIn } from '../../src/dashboard/features/pairs/suggestions.ts';
import { rowDetail } from '../../src/messages/row-details.ts';
import { FakeApi } from './fake-api/fake-api.ts';
import { aRecord } from './fake-api/fake-records.ts';
import { anImport, tally } from './fake-api/import-data.ts';
import { aReview } from './fake-api/review-data.ts';

const UNKNOWN = rowDetail('group_unknown_like', {
  name: '“Marketng”',
  similar: '2 “Marketing”, 7 “The “A””, 15 “Sales”',
});

test('the suggested groups of a detail become buttons', () => {
  expect(suggestionsIn({ details: [UNKNOWN] })).toEqual([
    { value: '2', name: 'Marketing (2)' },
    { value: '15', name: 'Sales (15)' },
  ]);
  expect(suggestionsIn({ details: [rowDetail('group_empty', {})] })).toEqual([]);
});

test('a wrong cell is corrected in the review, and an error stays beside it', async () => {
  await using api = await FakeApi.start();
  const row = aRecord({
    ...{ place: 3, line: 4, group: 'Marketng', user: '103', groupName: null },
    ...{ outcome: 'rejected', reason: 'unknown_group', details: [UNKNOWN] },
  });
  const found = anImport({
    tallies: [tally('pending', null, 2), tally('rejected', 'unknown_group', 1)],
  });
  const review = aReview(found);
  api.data.put(found, {
    review: {
      ...review,
      counts: { ...review.counts, rejects: 1 },
      rejects: { ...review.rejects, first: [row] },
    },
  });
  api.answer('POST /api/imports/:id/corrections', ({ body: { group } }) =>
    group === 'Sales'
      ? { record: { ...row, group: 'Sales', details: [] }, corrected: 0 }
      : {
          record: { ...row, group: '2', outcome: 'pending', reason: null, details: [] },
          corrected: 1,
        },
  );
  const page = await api.open('/imports/1');
  const rows = page.getByRole('region', { name: '1 row has an error' });
  await rows.getByRole('button', { name: 'Use Marketing (2)' }).waitFor();
  await rows.getByRole('button', { name: 'Correct', exact: true }).click();
  await rows.getByLabel('Group', { exact: true }).fill('Sales');
  await rows.getByLabel('Group', { exact: true }).press('Enter');
  await rows.getByRole('alert').waitFor();
  expect(await rows.getByLabel('Group', { exact: true }).inputValue()).toBe('Sales');
  await rows.getByRole('button', { name: 'Use Marketing (2)' }).click();
  await rows.getByRole('status').getByText('Corrected:').waitFor();
  const sent = api.requests.filter(({ name }) => name.endsWith('/corrections'));
  expect(sent.map(({ body }) => body)).toEqual([
    { place: 3, group: 'Sales', user: '103' },
    { place: 3, group: '2' },
  ]);
});
