import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../support/chromium.ts';
import { crowd } from '../support/office.ts';
import { ADMIN, type Desk, openDesk, VIEWER } from './desk.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser?.close());

test('the link that the program prints logs in, once', async () => {
  await using desk = await openDesk(browser, {}, {});
  const link = desk.loginLink ?? '';
  const page = await desk.open(link, { token: null });
  await page.getByRole('heading', { name: 'Imports' }).waitFor();
  expect(page.url()).toBe(`${desk.origin}/`);
  const other = await desk.open(link, { token: null });
  await other.getByRole('heading', { name: 'Log in' }).waitFor();
});

describe('with tokens', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await openDesk(browser);
    const body = crowd(1, 3);
    const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'text/csv' };
    await fetch(`${desk.origin}/api/imports?filename=a.csv`, { method: 'POST', headers, body });
  });

  afterAll(() => desk?.[Symbol.asyncDispose]());

  test('nothing is shown before somebody has logged in with the right key', async () => {
    const page = await desk.open('/imports/1', { token: null });
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await page.getByRole('button', { name: 'Log in' }).click();
    expect(await wordsAt(page, 'Access key')).toBe('Enter the key.');
    await page.getByLabel('Access key').fill('a guess');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('This key is not right.').waitFor();
    await page.getByLabel('Access key').fill(ADMIN);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: 'a.csv' }).waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await page.goto('/queue');
    await page.getByLabel('Access key').fill(ADMIN);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('link', { name: 'invites' }).first().waitFor();
    expect(page.url()).toMatch(/\/queue\/?$/);
  });

  test('whose session ends is told so, and goes on at the same place', async () => {
    const page = await desk.open('/imports/1');
    const text = page.getByLabel('What people read when they are invited');
    await text.fill('Come in!');
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('alert').getByText('Your session has ended.').waitFor();
    await page.getByLabel('Access key').fill(ADMIN);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('handed the file in').waitFor();
    await page.getByRole('link', { name: 'Before the start' }).click();
    await page.getByText('8 characters').waitFor();
    await page.reload();
    await page.getByText('8 characters').waitFor();
    await page.getByRole('button', { name: 'Take the change back' }).press('Enter');
    await page.getByText('0 characters').waitFor();
    expect(await page.locator('textarea:focus').count()).toBe(1);
    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('link', { name: 'New import' }).click();
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'A sample to look at (CSV)' }).click();
    await page.getByRole('alert').getByText('Your session has ended.').waitFor();
  });

  test('a viewer sees no buttons for what only administrators may, and is refused', async () => {
    const page = await desk.open('/', { token: VIEWER });
    await page.getByRole('link', { name: 'a.csv' }).click();
    await page.getByText('An administrator can start it.').waitFor();
    await page.getByText('You may look, not change anything.').waitFor();
    expect(await page.getByRole('button').allTextContents()).toEqual(['Log out']);
    expect(await page.getByRole('link', { name: 'Queue' }).count()).toBe(0);
    expect(await page.getByLabel('Between the cells').isDisabled()).toBe(true);
    const statuses = await Promise.all(
      ['start', 'pause', 'resume', 'cancel', 'retry', 'reread'].map(async (order) => {
        const headers = { 'sec-fetch-site': 'same-origin' };
        const path = `/api/imports/1/${order}`;
        return (await page.request.post(path, { data: {}, headers })).status();
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([403]));
    expect((await page.request.get('/queue')).status()).toBe(403);
    await page.goto('/new');
    await page.getByText('Only administrators may hand in tables.').waitFor();
    const answer = await page.goto('/queue');
    expect(answer?.status()).toBe(403);
    expect(answer?.headers()['content-security-policy']).not.toContain('unsafe-inline');
    await page.getByRole('heading', { name: 'The queue is for administrators only' }).waitFor();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ru');
    await page.getByRole('heading', { name: 'Очередь видят только администраторы' }).waitFor();
    await page.getByRole('link', { name: 'К импортам' }).click();
    await page.getByRole('heading', { name: 'Импорты' }).waitFor();
  });

  test('a Russian reads Russian, and the language chosen is kept', async () => {
    const page = await desk.open('/people?q=x', { locale: 'ru-RU' });
    expect(await wordsAt(page, 'Номер человека или адрес почты')).toContain('а не по имени');
    await page.goto('/people?q=@');
    await page.getByRole('alert').getByText('Адрес почты: не короче 3 знаков').waitFor();
    expect(await page.getByRole('button', { name: 'Повторить' }).count()).toBe(0);
    await page.goto('/imports/1/pairs?outcome=nonsense&reason=declined&group_id=1&user_id=0');
    await page.getByRole('alert').getByText('указано то, чего не бывает').waitFor();
    expect(await wordsAt(page, 'Итог')).toBe('Итога «nonsense» не бывает.');
    expect(await wordsAt(page, 'Номер человека')).toContain('Такого номера не бывает.');
    expect(await wordsAt(page, 'Номер группы')).toBeNull();
    await page.getByRole('link', { name: 'Показать без этого' }).click();
    await page.waitForURL('**/imports/1/pairs?reason=declined&group_id=1');
    const reason = page.getByLabel('Причина').getByRole('option', { selected: true });
    expect(await reason.textContent()).toBe('Портал не пригласил и не сказал почему.');
    await page.getByLabel('Номер группы').fill('номер 1');
    await page.getByRole('button', { name: 'Найти' }).click();
    await page.locator('[name=group_id]:focus').waitFor();
    expect(await wordsAt(page, 'Номер группы')).toContain('Нужны только цифры, например 15.');
    await page.goto('/imports/1/groups?cursor=nonsense');
    await page.getByRole('alert').getByRole('link', { name: 'В начало' }).click();
    await page.getByRole('cell').first().waitFor();
    await page.goto('/');
    await page.getByRole('heading', { name: 'Импорты' }).waitFor();
    await page.getByRole('link', { name: 'a.csv' }).click();
    const start = page.getByRole('button', { name: /запустить/i });
    await start.waitFor();
    const ledger = new DatabaseSync(join(desk.office.folder, 'data', 'ledger.db'));
    // As on a full disk.
    ledger.exec(`create trigger full before update on imports
      begin select raise(abort, 'database or disk is full'); end`);
    await start.click();
    const alert = page.getByRole('alert');
    await alert.getByText('База данных программы: на диске нет места').waitFor();
    ledger.exec('drop trigger full');
    ledger.close();
    await page.goBack();
    await page.getByLabel('Язык').selectOption('English');
    await page.getByRole('heading', { name: 'Imports' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Imports' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});

/** What is said to be wrong with a field, as a screen reader would read it; null when it is right. */
async function wordsAt(page: Page, label: string): Promise<string | null> {
  const field = page.getByLabel(label, { exact: true });
  if ((await field.getAttribute('aria-invalid')) !== 'true') return null;
  const ids = (await field.getAttribute('aria-describedby')) ?? '';
  const error = ids.split(' ').find((id) => id.endsWith('-error'));
  return page.locator(`[id="${error}"]`).textContent();
}
