import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { FakeApi } from '../../dashboard/fake-api/fake-api.ts';
import { anImport } from '../../dashboard/fake-api/import-data.ts';
import { fillWithSamples, SAMPLES } from '../../dashboard/fake-api/sample-data.ts';
import { AXE, findings, NARROW, openViews, VIEWS, visit, WIDE } from '../../dashboard/views.ts';

test('axe finds no violation on any view, and every view fits on a phone', async () => {
  await using views = await openViews();
  const { page } = views;
  for (const path of VIEWS) {
    await page.setViewportSize(WIDE);
    await visit(page, path);
    expect(await findings(page), path).toEqual([]);
    await page.setViewportSize(NARROW);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width, path).toBeLessThanOrEqual(NARROW.width);
    const scrolled: string[] = await page.evaluate(`[...document.querySelectorAll('[role=group]')]
      .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)`);
    // Only the columns of a file scroll horizontally; a shadow shows that there are more.
    expect(new Set(['First rows', ...scrolled]), path).toEqual(new Set(['First rows']));
  }
});

test('the outcome of a pair is visible on a phone without scrolling', async () => {
  await using api = await FakeApi.start();
  fillWithSamples(api.data);
  const page = await api.open(`/imports/${SAMPLES.finished}/pairs`);
  await page.setViewportSize(NARROW);
  const outcome = page.getByRole('cell', { name: 'Failed', exact: true }).first();
  const { x, width } = (await outcome.boundingBox()) ?? { x: 0, width: Number.NaN };
  expect(x + width).toBeLessThanOrEqual(NARROW.width);
});

test('axe finds no violation in a dialog, which Escape closes, and on the login page', async () => {
  await using api = await FakeApi.start();
  api.data.put(anImport());
  const page = await api.open('/imports/1');
  await page.getByRole('button', { name: 'Discard import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).waitFor();
  await page.locator('button:focus').getByText('Go back').waitFor();
  await page.evaluate(AXE);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('button:focus').getByText('Discard import').waitFor();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.evaluate(AXE);
  expect(await findings(page)).toEqual([]);
});

test('a file can be uploaded and started with the keyboard alone', async () => {
  await using api = await FakeApi.start();
  api.answer('POST /api/imports', () => {
    api.data.put(anImport({ id: 7 }));
    return api.data.get(7);
  });
  const page = await api.open('/');
  // Registered early: the browser needs a moment to intercept the file chooser.
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('heading', { name: 'Imports', exact: true }).waitFor();
  await pressUntil(page, 'Tab', 'New import');
  await page.keyboard.press('Enter');
  // Navigation by keyboard moves the focus to the heading.
  await page.locator('h1:focus').getByText('New import').waitFor();
  await pressUntil(page, 'Tab', 'Choose files');
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

/** Presses the key until an element with the words has the focus. */
async function pressUntil(page: Page, key: string, words: string | RegExp): Promise<void> {
  for (let times = 0; times < 60; times++) {
    await page.keyboard.press(key);
    const focused = String(await page.evaluate('document.activeElement.textContent'));
    if (typeof words === 'string' ? focused === words : words.test(focused)) return;
  }
  throw new Error(`${words} did not get the focus`);
}
