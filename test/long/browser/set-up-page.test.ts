import { expect, test } from 'vitest';
import { FakeApi } from '../../dashboard/fake-api/fake-api.ts';
import { aSession } from '../../dashboard/fake-api/portal-data.ts';
import { AXE, findings } from '../../dashboard/views.ts';

test('an administrator can check the set-up in both languages', async () => {
  await using api = await FakeApi.start();
  const page = await api.open('/portal');
  const section = page.getByRole('region', { name: 'Setup' });
  await section.getByLabel(/^ID of a group/).fill('12');
  await section.getByRole('button', { name: 'Check setup' }).click();
  await section.getByRole('status').getByText('Some checks failed.').waitFor();
  expect(api.requests.at(-1)).toMatchObject({ name: 'POST /api/doctor', body: { group: 12 } });
  const rows = section.getByRole('row');
  expect(await rows.nth(2).textContent()).toBe(
    'WarningDiskOnly 512 MB free.Free disk space, or set DATA_DIR to a folder on another disk.',
  );
  await page.evaluate(AXE);
  expect(await findings(page)).toEqual([]);
  await page.getByLabel('Language').selectOption('Русский');
  const russian = page.getByRole('region', { name: 'Проверка установки' }).getByRole('row');
  await expect.poll(() => russian.nth(2).textContent()).toContain('Свободно только 512 МБ.');
  const failed = await russian.nth(4).textContent();
  expect(failed).toMatch(/^ОшибкаВебхук.*Проверьте сеть/);
  expect(await russian.nth(5).textContent()).toBe('Не провереноГруппаНе проверено: см. «Вебхук».');
});

test('a viewer has no button to check the set-up', async () => {
  await using api = await FakeApi.start();
  api.data.session = aSession({ role: 'viewer' });
  const page = await api.open('/portal');
  await page.getByRole('heading', { name: 'Request quota used' }).waitFor();
  expect(await page.getByRole('button', { name: 'Check setup' }).count()).toBe(0);
});

test('a page whose files cannot be loaded names the setting for a path', async () => {
  await using api = await FakeApi.start();
  // As below a path that the server does not know: the page loads, its files do not.
  const page = await api.open('/login', {
    prepare: (context) => context.route('**/assets/**', (route) => route.abort()),
  });
  await page.getByText('Bulk Invite did not start').waitFor();
  await page.getByText('Bulk Invite не запустился').waitFor();
  expect(await page.getByText('BASE_PATH=/invite').count()).toBe(2);
  const without = await api.open('/login', { javaScriptEnabled: false });
  await without.locator('noscript p').waitFor();
});

test('a page that loads does not show that message', async () => {
  await using api = await FakeApi.start();
  api.data.session = null;
  const page = await api.open('/login');
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  expect(await page.getByText('Bulk Invite did not start').count()).toBe(0);
});
