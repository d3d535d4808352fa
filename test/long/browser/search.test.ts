import { expect, test } from 'vitest';
import { explain } from '../../../src/messages/explain.ts';
import { parseCursor } from '../../../src/server/http/cursor.ts';
import { FakeApi } from '../../dashboard/fake-api/fake-api.ts';
import { aPersonRecord, aRecord } from '../../dashboard/fake-api/fake-records.ts';
import { aFinished, tally } from '../../dashboard/fake-api/import-data.ts';
import { errorAt } from '../../dashboard/field-error.ts';

const MEANING = explain('failed', 'declined').meaning;
const DECLINED = [tally('invited', 'returned', 59), tally('failed', 'declined', 1)];

test('the pairs are filtered, and the address keeps the filters', async () => {
  await using api = await FakeApi.start();
  api.data.put(aFinished({ tallies: DECLINED }));
  const failed = aRecord({ group: '3', user: '59', outcome: 'failed', reason: 'declined' });
  api.answer('GET /api/imports/:id/pairs', ({ query: { outcome, cursor } }) => {
    if (outcome === 'failed') return { items: [failed], next: null };
    const items = Array.from({ length: 30 }, (_, i) => aRecord({ user: String(i + 12) }));
    return cursor === '50' ? { items, next: null } : { items: [...items, ...items], next: '50' };
  });
  const page = await api.open('/imports/1');
  const reason = page.getByRole('listitem').filter({ hasText: MEANING });
  await reason.getByRole('link', { name: 'Show' }).click();
  await page.waitForURL('**/pairs?outcome=failed&reason=declined');
  const rows = page.getByRole('table').getByRole('row');
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByLabel('Group ID').fill('3');
  await page.getByLabel('Group ID').press('Enter');
  await page.waitForURL('**/pairs?group_id=3');
  await page.getByRole('link', { name: 'Next page' }).click();
  await page.locator('h1:focus').waitFor();
  expect(await page.evaluate('scrollY')).toBe(0);
  await expect.poll(() => rows.count()).toBe(31);
  await page.reload();
  await expect.poll(() => rows.count()).toBe(31);
  expect(await page.getByLabel('Group ID').inputValue()).toBe('3');
  expect(api.requests.at(-1)?.query).toEqual({ group_id: 3, cursor: '50', limit: 50 });
});

test('an address that asks for what does not exist says so, and leads out', async () => {
  await using api = await FakeApi.start();
  api.data.put(aFinished({ tallies: DECLINED }));
  api.answer('GET /api/imports/:id/groups', ({ query }) => {
    parseCursor(query.cursor);
    return { items: [], next: null };
  });
  const page = await api.open('/imports/1/pairs?outcome=odd&reason=declined&group_id=1&user_id=0');
  await page.getByRole('alert').getByText('has invalid filters').waitFor();
  expect(await errorAt(page, 'Outcome')).toBe('There is no outcome “odd”.');
  expect(await errorAt(page, 'User ID')).toContain('Enter an ID in digits');
  expect(await errorAt(page, 'Group ID')).toBeNull();
  await page.getByRole('link', { name: 'Remove invalid filters' }).click();
  await page.waitForURL('**/imports/1/pairs?reason=declined&group_id=1');
  const reason = page.getByLabel('Reason').getByRole('option', { selected: true });
  expect(await reason.textContent()).toContain(MEANING);
  await page.getByLabel('Group ID').fill('number 1');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('[name=group_id]:focus').waitFor();
  expect(await errorAt(page, 'Group ID')).toContain('in digits, like 15.');
  await page.goto('/imports/1/groups?cursor=nonsense');
  await page.getByRole('alert').getByRole('link').click();
  await page.getByText('The file has no groups.').waitFor();
});

test('a person is found over all imports, by number and by address only', async () => {
  await using api = await FakeApi.start();
  const email = 'person59@northwind.example';
  api.data.people = [aPersonRecord({ user: '59', email, fileName: 'crowd.csv' })];
  const page = await api.open('/people?q=x');
  const label = 'User ID or email address';
  expect(await errorAt(page, label)).toContain('by name');
  await page.getByLabel(label).fill('@');
  await page.getByRole('button', { name: 'Search' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('Email address: must have 3 characters or more').waitFor();
  // Nothing else would come of it.
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await page.getByLabel(label).fill('Person59@Northwind.example');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForURL('**/people?q=Person59*');
  const row = page.getByRole('row').filter({ hasText: 'crowd.csv' });
  await row.getByText('Invited').waitFor();
  expect(await row.textContent()).toContain(email);
});
