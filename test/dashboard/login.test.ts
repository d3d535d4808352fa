import type { BrowserContext } from 'playwright-core';
import { expect, test } from 'vitest';
import { problem } from '../../src/messages/problems.ts';
import { HttpProblem } from '../../src/server/http/http-problem.ts';
import { ADMIN_KEY } from './fake-api/api-data.ts';
import { FakeApi } from './fake-api/fake-api.ts';
import { aFinished, anImport } from './fake-api/import-data.ts';
import { aSession } from './fake-api/portal-data.ts';
import { errorAt } from './field-error.ts';

test('the page shows nothing before a login with the right key and after a logout', async () => {
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

test('the key can be typed at once, and after too many wrong ones the page counts down', async () => {
  await using api = await FakeApi.start();
  api.data.session = null;
  api.answer('POST /api/session', () => {
    throw new HttpProblem('too_many_attempts', problem('attempts_exhausted', { seconds: 300 }));
  });
  const prepare = (context: BrowserContext) => context.clock.install();
  const page = await api.open('/', { prepare });
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.locator('input:focus').waitFor();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await page.keyboard.type('a guess');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Too many incorrect keys').waitFor();
  const timer = page.getByRole('timer');
  const button = page.getByRole('button', { name: 'Log in' });
  expect(await timer.textContent()).toBe('Try again in 5:00.');
  expect(await button.isDisabled()).toBe(true);
  await page.clock.runFor(61_000);
  expect(await timer.textContent()).toBe('Try again in 3:59.');
  await page.clock.runFor(239_000);
  await timer.waitFor({ state: 'detached' });
  await page.getByRole('alert').waitFor({ state: 'detached' });
  expect(await button.isDisabled()).toBe(false);
});

test('a login after the end of a session returns to the same place', async () => {
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
  await page.getByRole('status').getByText('Message saved.').waitFor();
  await page.reload();
  await page.getByText('8 of 20,000 characters').waitFor();
  await page.getByRole('link', { name: 'Imports' }).click();
  await page.getByRole('link', { name: 'New import' }).click();
  api.data.session = null;
  await page.getByRole('link', { name: 'Download example (CSV)' }).click();
  await page.getByRole('alert').getByText('Your session has ended.').waitFor();
});

test('a viewer sees no buttons for actions of administrators', async () => {
  await using api = await FakeApi.start();
  api.data.session = aSession({ role: 'viewer' });
  api.data.put(anImport({ fileName: 'a.csv' }));
  api.data.put(aFinished({ id: 2, fileName: 'b.csv' }));
  const page = await api.open('/');
  await page.getByRole('link', { name: 'a.csv' }).click();
  await page.getByText('Only an administrator can start this import.').waitFor();
  const notice = page.getByText('View only');
  await notice.waitFor();
  // The notice spans the whole page, even with a wide text.
  expect((await notice.boundingBox())?.width).toBe(page.viewportSize()?.width);
  expect(await page.getByRole('button').allTextContents()).toEqual(['Log out']);
  expect(await page.getByLabel('Delimiter').isDisabled()).toBe(true);
  await page.goto('/imports/2');
  await page.getByRole('heading', { name: 'Results' }).waitFor();
  expect(await page.getByRole('button').allTextContents()).toEqual(['Log out']);
  await page.goto('/new');
  await page.getByText('Only administrators can upload tables.').waitFor();
  await page.getByRole('link', { name: 'Portal' }).click();
  await page.getByRole('heading', { name: 'Invitation time used' }).waitFor();
  expect(await page.getByRole('link', { name: 'Queue' }).count()).toBe(0);
  for (const id of ['999', 'x']) {
    await page.goto(`/imports/${id}`);
    await page.getByRole('heading', { name: 'Import not found' }).waitFor();
  }
  await page.getByRole('link', { name: 'Back to imports' }).click();
  await page.getByRole('link', { name: 'a.csv' }).waitFor();
});
