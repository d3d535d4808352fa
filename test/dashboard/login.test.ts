import { expect, test } from 'vitest';
import { ADMIN_KEY } from './fake-api/api-data.ts';
import { FakeApi } from './fake-api/fake-api.ts';
import { anImport } from './fake-api/import-data.ts';
import { aSession } from './fake-api/portal-data.ts';
import { errorAt } from './field-error.ts';

test('the page shows nothing before a login with the right key and after a logout', async () => {
  await using api = await FakeApi.start();
  api.data.session = null;
  api.data.put(anImport({ fileName: 'a.csv' }));
  const page = await api.open('/imports/1');
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.getByRole('button', { name: 'Log in' }).click();
  expect(await errorAt(page, 'Access key')).toBe('Enter the key.');
  await page.getByLabel('Access key').fill('a guess');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('This key is not right.').waitFor();
  expect(api.requests.map(({ name }) => name)).toEqual(['POST /api/session']);
  await page.getByLabel('Access key').fill(ADMIN_KEY);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'a.csv' }).waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  expect(await page.getByRole('heading', { name: 'a.csv' }).count()).toBe(0);
});

test('a login after the end of a session returns to the same place', async () => {
  await using api = await FakeApi.start();
  api.data.put(anImport());
  const page = await api.open('/imports/1');
  await page.getByLabel('What people read when they are invited').fill('Come in!');
  api.data.session = null;
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
  await page.getByLabel('Access key').fill(ADMIN_KEY);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('What was done, and by whom').waitFor();
  await page.getByRole('link', { name: 'Before the start' }).click();
  await page.getByText('8 characters').waitFor();
  await page.reload();
  await page.getByText('8 characters').waitFor();
  await page.getByRole('button', { name: 'Take the change back' }).press('Enter');
  await page.getByText('0 characters').waitFor();
  expect(await page.locator('textarea:focus').count()).toBe(1);
  await page.getByRole('link', { name: 'Imports' }).click();
  await page.getByRole('link', { name: 'New import' }).click();
  api.data.session = null;
  await page.getByRole('link', { name: 'A sample to look at (CSV)' }).click();
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
});

test('a viewer sees no buttons for actions of administrators', async () => {
  await using api = await FakeApi.start();
  api.data.session = aSession({ role: 'viewer' });
  api.data.put(anImport({ fileName: 'a.csv' }));
  const page = await api.open('/');
  await page.getByRole('link', { name: 'a.csv' }).click();
  await page.getByText('An administrator can start it.').waitFor();
  const notice = page.getByText('You may look, not change anything.');
  await notice.waitFor();
  // The notice spans the whole page, even with a wide text.
  expect((await notice.boundingBox())?.width).toBe(page.viewportSize()?.width);
  expect(await page.getByRole('button').allTextContents()).toEqual(['Log out']);
  expect(await page.getByRole('link', { name: 'Queue' }).count()).toBe(0);
  expect(await page.getByLabel('Between the cells').isDisabled()).toBe(true);
  await page.goto('/new');
  await page.getByText('Only administrators may hand in tables.').waitFor();
  for (const id of ['999', 'x']) {
    await page.goto(`/imports/${id}`);
    await page.getByRole('heading', { name: 'There is no such import' }).waitFor();
  }
  await page.getByRole('link', { name: 'To the imports' }).click();
  await page.getByRole('link', { name: 'a.csv' }).waitFor();
});
