import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeText } from '../../scripts/encode-text.ts';
import { openBrowser } from '../support/chromium.ts';
import { type Desk, openDesk } from './desk.ts';

let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  browser = await openBrowser();
  desk = await openDesk(browser);
});

afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
  await browser?.close();
});

async function handIn(name: string, buffer: Buffer): Promise<Page> {
  const page = await desk.open('/new');
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  return page;
}

describe('a file can be read in another way', () => {
  test('with columns that change places', async () => {
    const page = await handIn('turned.csv', Buffer.from('group,user,room\n15,101,2\n15,102,2\n'));
    const form = page.getByRole('region', { name: 'How the file was read' });
    await form.waitFor();
    await page.getByRole('columnheader', { name: 'group read as Group' }).waitFor();
    await form.getByLabel('Group').focus();
    await form.getByLabel('Group').selectOption('user');
    await page.waitForURL(/imports\/(?!1$)\d+$/);
    await page.getByRole('columnheader', { name: 'user read as Group' }).waitFor();
    // Nobody loses their place.
    expect(await page.locator('select:focus').count()).toBe(1);
    await page.getByRole('columnheader', { name: 'group read as Person' }).waitFor();
  });

  test('with other letters, when they were guessed wrongly', async () => {
    const csv = 'Отдел;group_id;user_id\nКадры;15;101\nСклад;15;102\n';
    const page = await handIn('export.csv', encodeText(csv, 'windows-1251'));
    await page.getByText('Guessed: do the letters below look right?').waitFor();
    await page.getByRole('cell', { name: 'Кадры' }).waitFor();
    await page.getByLabel('Letters (encoding)').selectOption('windows-1252');
    await page.getByRole('cell', { name: 'Êàäðû' }).waitFor();
    await page.getByLabel('Letters (encoding)').selectOption('windows-1251');
    await page.getByRole('cell', { name: 'Кадры' }).waitFor();
    expect(await page.getByLabel('Between the cells').inputValue()).toBe(';');
  });

  test('with columns that the person names, when they cannot be found', async () => {
    const page = await handIn('odd.csv', Buffer.from('куда,кого\n15,103\n15,104\n'));
    const form = page.getByRole('region', { name: 'Say how odd.csv is to be read' });
    await form.getByLabel('Group').fill('куда');
    await form.getByLabel('Person').fill('2');
    await form.getByRole('button', { name: 'Read it so' }).click();
    await page.getByRole('columnheader', { name: 'куда read as Group' }).waitFor();
    await page.getByRole('columnheader', { name: 'кого read as Person' }).waitFor();
  });

  test('or is refused with what is wrong, in the language of whoever reads it', async () => {
    const page = await handIn('empty.csv', Buffer.from('\n\n'));
    await page.getByRole('alert').getByText('empty.csv is empty.').waitFor();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('ru');
    await page.getByRole('alert').getByText('empty.csv пуст.').waitFor();
    const nothing = { name: 'nothing.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) };
    await page.locator('input[type=file]').setInputFiles(nothing);
    await page.getByRole('alert').getByText('Файл пуст.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
  });
});

test('a file of which nobody can be invited is not to be started, but mended', async () => {
  const page = await handIn('wrong.csv', Buffer.from('group_id,user_id\n2,Иван\n,7\n'));
  const nothing = page.getByRole('region', { name: 'There is nothing to send' });
  await nothing.getByRole('button', { name: 'Put it aside' }).waitFor();
  expect(await page.getByRole('button', { name: /^Start/ }).count()).toBe(0);
  expect(await page.getByLabel('What people read').count()).toBe(0);
  await page.getByRole('link', { name: 'Download all of them (CSV)' }).waitFor();
  await nothing.getByRole('link', { name: 'Hand in the mended file' }).click();
  await page.getByRole('heading', { name: 'New import' }).waitFor();
});

test('an upload tells how far it is, and can be stopped', async () => {
  const page = await desk.open('/new');
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 };
  await network.send('Network.emulateNetworkConditions', slow);
  const buffer = Buffer.from(`group_id,user_id\n${'15,101\n'.repeat(400_000)}`);
  const file = { name: 'long.csv', mimeType: 'text/csv', buffer };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText(/^[\d.]+\s[kM]B of 2\.67\sMB$/).waitFor();
  expect(await page.getByRole('progressbar').getAttribute('value')).not.toBe('0');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});
