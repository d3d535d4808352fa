import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { FakeApi } from './fake-api/fake-api.ts';
import { anImport } from './fake-api/import-data.ts';
import { fillWithSamples, SAMPLES } from './fake-api/sample-data.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };
const VIEWS = [
  ...['/', '/new', `/imports/${SAMPLES.ready}`, `/imports/${SAMPLES.unreadable}`],
  ...['', '/pairs', '/groups', '/history'].map((view) => `/imports/${SAMPLES.finished}${view}`),
  ...[`/imports/${SAMPLES.running}`, `/imports/${SAMPLES.held}`],
  ...['/people?q=12', '/people?q=3', '/people?q=x', '/portal', '/nowhere'],
];

/** Goes to a view as a link of the page does, and waits until nothing is loading. */
async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', '${path}')`);
  await page.evaluate('new Promise(requestAnimationFrame)');
  await page.locator('[aria-label="Loading…"], [aria-busy=true]').waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** @returns what axe, which the page has loaded, finds; by all of its rules unless some are named */
async function findings(page: Page, ...rules: string[]): Promise<string[]> {
  const only = rules.length > 0 ? { runOnly: rules } : {};
  return page.evaluate(`axe
    .run(document, ${JSON.stringify({ resultTypes: ['violations'], ...only })})
    .then(({ violations }) =>
      violations.map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes[0].html))`);
}

test('axe finds nothing on any view, light and wide, nor wrong colours, dark and narrow; nothing goes beyond a phone', async () => {
  await using api = await FakeApi.start();
  fillWithSamples(api.data);
  api.answer('GET /api/pairs', ({ query }) => {
    return { items: query.user_id === 3 ? [] : api.data.people, next: null };
  });
  const page = await api.open('/');
  await page.getByRole('heading', { name: 'Imports' }).waitFor();
  await page.evaluate(AXE);
  for (const path of VIEWS) {
    await page.setViewportSize(WIDE);
    await page.emulateMedia({ colorScheme: 'light' });
    await visit(page, path);
    expect(await findings(page), path).toEqual([]);
    await page.setViewportSize(NARROW);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    expect(await findings(page, 'color-contrast'), `${path} on a phone, dark`).toEqual([]);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width, path).toBeLessThanOrEqual(NARROW.width);
    const scrolled: string[] = await page.evaluate(`[...document.querySelectorAll('[role=group]')]
      .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)`);
    // A file's own columns stay beside each other, with a shadow where there are more.
    expect(new Set(['The first rows', ...scrolled]), path).toEqual(new Set(['The first rows']));
  }
});

test('what became of a pair is seen on a phone without scrolling', async () => {
  await using api = await FakeApi.start();
  fillWithSamples(api.data);
  const page = await api.open(`/imports/${SAMPLES.finished}/pairs`);
  await page.setViewportSize(NARROW);
  const outcome = page.getByRole('cell', { name: 'Not invited', exact: true }).first();
  const { x, width } = (await outcome.boundingBox()) ?? { x: 0, width: Number.NaN };
  expect(x + width).toBeLessThanOrEqual(NARROW.width);
});

test('axe finds nothing in a dialog, which Escape closes, and nothing on the login page', async () => {
  await using api = await FakeApi.start();
  api.data.put(anImport());
  const page = await api.open('/imports/1');
  await page.getByRole('button', { name: 'Do not start' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'No, leave it' }).waitFor();
  await page.locator('button:focus').getByText('No, leave it').waitFor();
  await page.evaluate(AXE);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('button:focus').getByText('Do not start').waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.evaluate(AXE);
  expect(await findings(page)).toEqual([]);
});

test('a file is uploaded and started by keyboard alone', async () => {
  await using api = await FakeApi.start();
  api.answer('POST /api/imports', () => {
    api.data.put(anImport({ id: 7 }));
    return api.data.get(7);
  });
  const page = await api.open('/');
  // From now on: the browser takes a moment to leave the choice to the test.
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('heading', { name: 'Imports' }).waitFor();
  await pressUntil(page, 'Tab', 'New import');
  await page.keyboard.press('Enter');
  // Who comes to a page by keyboard comes to its heading.
  await page.locator('h1:focus').getByText('New import').waitFor();
  await pressUntil(page, 'Tab', 'Choose a file');
  await page.keyboard.press('Enter');
  const file = { name: 'keys.csv', mimeType: 'text/csv', buffer: Buffer.from('2,15\n') };
  await (await choosing).setFiles(file);
  await page.getByRole('button', { name: /^Start/ }).waitFor();
  await pressUntil(page, 'Tab', /^Start/);
  await page.keyboard.press('Enter');
  await expect
    .poll(() => api.requests.map(({ name }) => name))
    .toContain('POST /api/imports/:id/start');
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
