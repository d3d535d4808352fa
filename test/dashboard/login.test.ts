import { expect, test } from 'vitest';
import { ADMIN_KEY } from './fake-api/api-data.ts';
import { FakeApi } from './fake-api/fake-api.ts';
import { anImport } from './fake-api/import-data.ts';
import { aSession } from './fake-api/portal-data.ts';
import { errorAt } from './field-error.ts';

test('nothing is shown before somebody has logged in with the right key, nor after', async () => {
  await using api = await FakeApi.start();
  api.data.session = null;
  api.data.put(anImport({ fileName: 'a.csv' }));
  const page = await api.open('/imports/1');
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.getByRole('button', { name: 'Log in' }).click();
  expect(await errorAt(page, 'Access key')).toBe('Enter the access key.');
  await page.getByLabel('Access key').fill('a guess');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Incorrect access key.').waitFor();
  expect(api.requests.map(({ name }) => name)).toEqual(['POST /api/session']);
  await page.getByLabel('Access key').fill(ADMIN_KEY);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'a.csv' }).waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  expect(await page.getByRole('heading', { name: 'a.csv' }).count()).toBe(0);
});

test('after the end of a session somebody logs in again and goes on at the same place', async () => {
  await using api = await FakeApi.start();
  api.data.put(anImport());
  const page = await api.open('/imports/1');
  await page.getByLabel('Message to the people you invite').fill('Come in!');
  api.data.session = null;
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
  await page.getByLabel('Access key').fill(ADMIN_KEY);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'History' }).waitFor();
  await page.getByRole('link', { name: 'Review' }).click();
  await page.getByText('8 characters').waitFor();
  await page.reload();
  await page.getByText('8 characters').waitFor();
  await page.getByRole('button', { name: 'Undo changes' }).press('Enter');
  await page.getByText('0 characters').waitFor();
  expect(await page.locator('textarea:focus').count()).toBe(1);
  await page.getByRole('link', { name: 'Imports' }).click();
  await page.getByRole('link', { name: 'New import' }).click();
  api.data.session = null;
  await page.getByRole('link', { name: 'Download example (CSV)' }).click();
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
});

test('a viewer sees no buttons for what only administrators may do', async () => {
  await using api = await FakeApi.start();
  api.data.session = aSession({ role: 'viewer' });
  api.data.put(anImport({ fileName: 'a.csv' }));
  const page = await api.open('/');
  await page.getByRole('link', { name: 'a.csv' }).click();
  await page.getByText('Only an administrator can start this import.').waitFor();
  const strip = page.getByText('View only');
  await strip.waitFor();
  // A strip over the whole page, however wide a text may be.
  expect((await strip.boundingBox())?.width).toBe(page.viewportSize()?.width);
  expect(await page.getByRole('button').allTextContents()).toEqual(['Log out']);
  expect(await page.getByRole('link', { name: 'Queue' }).count()).toBe(0);
  expect(await page.getByLabel('Delimiter').isDisabled()).toBe(true);
  await page.goto('/new');
  await page.getByText('Only administrators can upload tables.').waitFor();
  for (const id of ['999', 'x']) {
    await page.goto(`/imports/${id}`);
    await page.getByRole('heading', { name: 'Import not found' }).waitFor();
  }
  await page.getByRole('link', { name: 'Back to imports' }).click();
  await page.getByRole('link', { name: 'a.csv' }).waitFor();
});
