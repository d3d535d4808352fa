import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { FakeApi } from './fake-api/fake-api.ts';
import { fillWithSamples, SAMPLES } from './fake-api/sample-data.ts';

/** The axe script, which checks the accessibility of a page. */
export const AXE = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 360, height: 740 };
export const VIEWS = [
  ...['/', '/new', `/imports/${SAMPLES.ready}`, `/imports/${SAMPLES.unreadable}`],
  ...['', '/pairs', '/groups', '/history'].map((view) => `/imports/${SAMPLES.finished}${view}`),
  ...[`/imports/${SAMPLES.running}`, `/imports/${SAMPLES.held}`],
  ...['/people?q=12', '/people?q=3', '/people?q=x', '/portal', '/nowhere'],
];

/** Navigates to a view like a link of the page, and waits until nothing is loading. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', '${path}')`);
  await page.evaluate('new Promise(requestAnimationFrame)');
  // A view can have several parts that load.
  const loading = page.locator('[aria-label="Loading…"], [aria-busy=true]');
  await expect.poll(() => loading.count()).toBe(0);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** @returns the violations that axe finds; requires a page with axe loaded. @param rules defaults to all rules */
export async function findings(page: Page, ...rules: string[]): Promise<string[]> {
  const only = rules.length > 0 ? { runOnly: rules } : {};
  // While a dialog fades in, what it covers has a colour of its own.
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
    .map(({ finished }) => finished.catch(() => {})))`);
  return page.evaluate(`axe
    .run(document, ${JSON.stringify({ resultTypes: ['violations'], ...only })})
    .then(({ violations }) =>
      violations.map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes[0].html))`);
}

/** @returns a page with axe loaded, on a server with data for each of the {@link VIEWS} */
export async function openViews() {
  const api = await FakeApi.start();
  fillWithSamples(api.data);
  api.answer('GET /api/pairs', ({ query }) => {
    return { items: query.user_id === 3 ? [] : api.data.people, next: null };
  });
  const page = await api.open('/');
  await page.getByRole('heading', { name: 'Imports', exact: true }).waitFor();
  await page.evaluate(AXE);
  return { page, [Symbol.asyncDispose]: () => api[Symbol.asyncDispose]() };
}
