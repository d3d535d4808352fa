import { expect, test } from 'vitest';
import { FakeApi } from './fake-api/fake-api.ts';
import { anImport, tally } from './fake-api/import-data.ts';
import { aReview } from './fake-api/review-data.ts';

test('an import is tried with its first invitations, then says what came of it', async () => {
  await using api = await FakeApi.start();
  const ready = anImport({ tallies: [tally('pending', null, 3_897)] });
  const earlier = { id: 12, startedAt: '2026-11-30T14:02:00.000Z', invited: 3_871 };
  api.data.put(ready, { review: aReview(ready, { earlier, portal: null }) });
  api.answer('POST /api/imports/:id/start', () => {
    const tried = anImport({
      ...{ state: 'paused', startedAt: '2026-12-01T10:00:00.000Z' },
      tallies: [tally('pending', null, 3_895), tally('invited', 'returned', 2)],
      trial: { pairs: 2, invited: 2, pending: 0 },
    });
    api.data.put(tried);
    return tried;
  });
  const page = await api.open('/imports/1');
  await page.getByText(/as import 12: 3,871 invited/).waitFor();
  await page.getByRole('link', { name: 'Open import 12' }).waitFor();
  await page.getByRole('button', { name: 'Try with the first 2' }).click();
  await page.getByText(/Tried with 2: 2 invited/).waitFor();
  expect(api.requests.find(({ name }) => name.endsWith('/start'))?.body).toEqual({ first: 2 });
  await page.getByRole('button', { name: 'Invite the other 3,895' }).waitFor();
});
