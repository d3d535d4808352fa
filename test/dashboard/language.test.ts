import { expect, test } from 'vitest';
import { problem } from '../../src/messages/problems.ts';
import { HttpProblem } from '../../src/server/http/http-problem.ts';
import { FakeApi } from './fake-api/fake-api.ts';
import { anImport } from './fake-api/import-data.ts';

test('the chosen language also applies to errors and after a reload', async () => {
  await using api = await FakeApi.start();
  api.data.put(anImport({ fileName: 'a.csv' }));
  api.answer('POST /api/imports/:id/start', () => {
    throw new HttpProblem('unavailable', problem('ledger_full', { ledger: '' }));
  });
  const page = await api.open('/');
  await page.getByRole('heading', { name: 'Imports', exact: true }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByLabel('Language').selectOption('Русский');
  await page.getByRole('heading', { name: 'Импорты' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Импорты' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ru');
  await page.getByRole('link', { name: 'a.csv' }).click();
  await page.getByRole('button', { name: /запустить/i }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('Временно недоступно').waitFor();
  await alert.getByText('База данных программы: на диске нет места').waitFor();
  await page.getByLabel('Язык').selectOption('English');
  await alert.getByText('The disk with the ledger is full or failing.').waitFor();
});
