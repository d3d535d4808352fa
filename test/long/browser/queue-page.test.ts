import { expect, test } from 'vitest';
import { ADMIN, openPageHarness, VIEWER } from '../../dashboard/page-harness.ts';

test('an administrator sees the queue, and a viewer gets a refusal in the chosen language', async () => {
  await using pageHarness = await openPageHarness();
  const page = await pageHarness.open('/queue', { token: null });
  const logIn = async (token: string) => {
    await page.getByLabel('Access key').fill(token);
    await page.getByRole('button', { name: 'Log in' }).click();
  };
  await logIn(ADMIN);
  await page.getByRole('link', { name: 'invites' }).first().waitFor();
  expect(page.url()).toMatch(/\/queue\/?$/);
  await page.goto('/');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await logIn(VIEWER);
  await page.getByText('You may look, not change anything.').waitFor();
  const answer = await page.goto('/queue');
  expect(answer?.status()).toBe(403);
  expect(answer?.headers()['content-security-policy']).not.toContain('unsafe-inline');
  await page.getByRole('heading', { name: 'The queue is for administrators only' }).waitFor();
  await page.getByLabel('Language').selectOption('ru');
  await page.getByRole('heading', { name: 'Очередь видят только администраторы' }).waitFor();
  await page.getByRole('link', { name: 'К импортам' }).click();
  await page.getByRole('heading', { name: 'Импорты' }).waitFor();
});
