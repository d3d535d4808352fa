import { expect, test } from 'vitest';
import { ADMIN, openPageHarness, VIEWER } from '../../dashboard/page-harness.ts';

test('the queue is shown to an administrator, and refused to a viewer in their language', async () => {
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
  await page.getByText('View only').waitFor();
  const answer = await page.goto('/queue');
  expect(answer?.status()).toBe(403);
  expect(answer?.headers()['content-security-policy']).not.toContain('unsafe-inline');
  await page.getByRole('heading', { name: 'Only administrators can see the queue' }).waitFor();
  await page.getByLabel('Language').selectOption('ru');
  await page.getByRole('heading', { name: 'Очередь доступна только администраторам' }).waitFor();
  await page.getByRole('link', { name: 'К списку импортов' }).click();
  await page.getByRole('heading', { name: 'Импорты' }).waitFor();
});
