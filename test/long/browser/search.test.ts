import { expect, test } from 'vitest';
import { explain } from '../../../src/messages/explain.ts';
import { parseCursor } from '../../../src/server/http/cursor.ts';
import { pairPage } from '../../dashboard/fake-api/api-data.ts';
import { FakeApi } from '../../dashboard/fake-api/fake-api.ts';
import { aPersonRecord, aRecord } from '../../dashboard/fake-api/fake-records.ts';
import { aFinished, tally } from '../../dashboard/fake-api/import-data.ts';
import { errorAt } from '../../dashboard/field-error.ts';

const MEANING = explain('failed', 'declined').meaning;
const DECLINED = [tally('invited', 'returned', 59), tally('failed', 'declined', 1)];

test('pairs can be filtered, and the URL keeps the filters', async () => {
  await using api = await FakeApi.start();
  api.data.put(aFinished({ tallies: DECLINED }));
  const failed = aRecord({ group: '3', user: '59', outcome: 'failed', reason: 'declined' });
  api.answer('GET /api/imports/:id/pairs', ({ query: { outcome, page } }) => {
    if (outcome === 'failed') return pairPage([failed]);
    const items = Array.from({ length: 30 }, (_, i) =>
      aRecord({ place: i + 1, user: `${i + 12}` }),
    );
    return pairPage(page === 2 ? items : [...items, ...items], { total: 80 });
  });
  const page = await api.open('/imports/1');
  const reason = page.getByRole('listitem').filter({ hasText: MEANING });
  await reason.getByRole('link', { name: 'Show' }).click();
  await page.waitForURL('**/pairs?outcome=failed&reason=declined');
  const rows = page.getByRole('table').getByRole('row');
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  const text = page.getByLabel('Name, email address or ID');
  await text.fill('Irina');
  await text.press('Enter');
  await page.waitForURL('**/pairs?q=Irina');
  await page.getByText('80 results').waitFor();
  await page.getByRole('link', { name: 'Page 2' }).click();
  await page.locator('h1:focus').waitFor();
  expect(await page.evaluate('scrollY')).toBe(0);
  await expect.poll(() => rows.count()).toBe(31);
  await page.reload();
  await expect.poll(() => rows.count()).toBe(31);
  expect(await text.inputValue()).toBe('Irina');
  expect(api.requests.at(-1)?.query).toEqual({ q: 'Irina', page: 2, limit: 50 });
});

test('a URL with an invalid filter shows an error and a link without it', async () => {
  await using api = await FakeApi.start();
  api.data.put(aFinished({ tallies: DECLINED }));
  api.answer('GET /api/imports/:id/groups', ({ query }) => {
    parseCursor(query.cursor);
    return { items: [], next: null };
  });
  const page = await api.open('/imports/1/pairs?outcome=odd&reason=declined&group_id=1&user_id=0');
  await page.getByRole('alert').getByText('has invalid filters').waitFor();
  expect(await errorAt(page, 'Outcome')).toBe('There is no outcome “odd”.');
  await page.getByRole('link', { name: 'Remove invalid filters' }).click();
  await page.waitForURL('**/imports/1/pairs?reason=declined&group_id=1');
  const reason = page.getByLabel('Reason').getByRole('option', { selected: true });
  expect(await reason.textContent()).toContain(MEANING);
  await page.getByRole('button', { name: 'Only group 1' }).click();
  await page.waitForURL('**/imports/1/pairs?reason=declined');
  await page.goto('/imports/1/groups?cursor=nonsense');
  await page.getByRole('alert').getByRole('link').click();
  await page.getByText('The file has no groups.').waitFor();
});

test('a person can be found in all imports, by name, number or email address', async () => {
  await using api = await FakeApi.start();
  const email = 'person59@northwind.example';
  api.data.people = [aPersonRecord({ user: '59', email, fileName: 'crowd.csv' })];
  api.answer('GET /api/people', ({ query: { q } }) => ({
    items: q === 'Irina' ? [{ id: 59, name: 'Irina Sokolova' }] : [],
  }));
  const page = await api.open('/people?q=x');
  await page.getByText('No one named x was found in any import.').waitFor();
  const label = 'Name, email address or ID';
  await page.getByLabel(label).fill('Irina');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: 'Irina Sokolova' }).click();
  await page.waitForURL('**/people?q=59');
  await page.getByLabel(label).fill('@');
  await page.getByRole('button', { name: 'Search' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('Email address: must have 3 characters or more').waitFor();
  // The result would be the same.
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await page.getByLabel(label).fill('Person59@Northwind.example');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForURL('**/people?q=Person59*');
  const row = page.getByRole('row').filter({ hasText: 'crowd.csv' });
  await row.getByText('Invited').waitFor();
  expect(await row.textContent()).toContain(email);
});
