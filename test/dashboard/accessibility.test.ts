import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/chromium.ts';
import { ADMIN, type Desk, openDesk } from './desk.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LONG = 'Приглашения_новых_сотрудников_в_рабочие_группы_окончательный_вариант.csv';
const ROWS = ['2,12', '2,13', '4,99999', '999,5', '2,12', '2,Иван', ',7'];
const CSV = `group_id,user_id\n${ROWS.join('\n')}\n`;
const PAGES = [
  '/',
  '/new',
  '/imports/1',
  '/imports/1/pairs',
  '/imports/1/groups',
  '/imports/1/history',
  '/imports/2',
  '/people?q=12',
  '/people?q=3',
  '/portal',
  '/nowhere',
];

let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  browser = await openBrowser();
  desk = await openDesk(browser);
  await handIn('small.csv', true);
  await handIn(LONG, false);
});

afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
  await browser?.close();
});

async function handIn(name: string, start: boolean): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'text/csv' };
  const url = `${desk.origin}/api/imports?start=${start}&filename=${encodeURIComponent(name)}`;
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: start ? CSV : `${CSV}2,14\n`,
  });
  expect(response.status).toBe(201);
}

/** Goes to a page, and waits until nothing is loading. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByLabel('Loading…').first().waitFor({ state: 'detached' });
}

/** What axe finds, as text. */
async function findings(page: Page): Promise<string[]> {
  return page.evaluate(`${AXE};
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes[0].html))`);
}

test('axe finds nothing on any page, light or dark, wide or narrow; nothing goes beyond a phone', {
  timeout: 240_000,
}, async () => {
  const page = await desk.open('/');
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  for (const path of PAGES) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
    await visit(page, path);
    expect(await findings(page), path).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    expect(await findings(page), `${path} on a phone, dark`).toEqual([]);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width, path).toBeLessThanOrEqual(360);
    const scrolled: string[] = await page.evaluate(`[...document.querySelectorAll('[role=group]')]
      .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)`);
    // A file's own columns stay beside each other, with a shadow where there are more.
    expect(new Set(['The first rows', ...scrolled]), path).toEqual(new Set(['The first rows']));
  }
  expect(refused).toEqual([]);
});

test('what became of a pair is seen on a phone without scrolling', async () => {
  const page = await desk.open('/imports/1/pairs', { viewport: { width: 360, height: 740 } });
  const outcome = page.getByRole('cell', { name: 'Not invited', exact: true }).first();
  const { x, width } = (await outcome.boundingBox()) ?? { x: 0, width: Number.NaN };
  expect(x + width).toBeLessThanOrEqual(360);
});

test('axe finds nothing in a dialog, which Escape closes', async () => {
  const page = await desk.open('/imports/2');
  await page.getByRole('button', { name: 'Do not start' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'No, leave it' }).waitFor();
  await page.locator('button:focus').getByText('No, leave it').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('button:focus').getByText('Do not start').waitFor();
});

test('axe finds nothing on the login page', async () => {
  const page = await desk.open('/', { token: null });
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  expect(await findings(page)).toEqual([]);
});

test('a file is handed in and started by keyboard alone', async () => {
  const page = await desk.open('/');
  await page.getByRole('heading', { name: 'Imports' }).waitFor();
  // From now on no dialog of the system opens, which nobody could answer.
  page.on('filechooser', () => {});
  await pressUntil(page, 'Tab', 'New import');
  await page.keyboard.press('Enter');
  // Whoever comes to a page by keyboard comes to its heading.
  await page.locator('h1:focus').getByText('New import').waitFor();
  await pressUntil(page, 'Tab', 'Choose a file');
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  const file = { name: 'keys.csv', mimeType: 'text/csv', buffer: Buffer.from(`${CSV}2,15\n`) };
  await (await choosing).setFiles(file);
  await page.getByRole('button', { name: /^Start/ }).waitFor();
  await pressUntil(page, 'Tab', /^Start/);
  await page.keyboard.press('Enter');
  await page.getByText('Everything has its outcome.').waitFor();
});

/** Moves on until the words have the focus. */
async function pressUntil(page: Page, key: string, words: string | RegExp): Promise<void> {
  for (let times = 0; times < 60; times++) {
    await page.keyboard.press(key);
    const focused = String(await page.evaluate('document.activeElement.textContent'));
    if (typeof words === 'string' ? focused === words : words.test(focused)) return;
  }
  throw new Error(`${words} was never reached`);
}
