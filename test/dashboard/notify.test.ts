import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { openBrowser } from '../support/chromium.ts';
import { crowd } from '../support/office.ts';
import { ADMIN, type Desk, openDesk } from './desk.ts';

const SEED = { seed: plainSeed({ users: 100, groups: 10 }) };

async function start(desk: Desk, name: string, firstGroup = 1): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'text/csv' };
  const url = `${desk.origin}/api/imports?filename=${name}&start=true`;
  const response = await fetch(url, { method: 'POST', headers, body: crowd(4, 60, firstGroup) });
  expect(response.status).toBe(201);
}

async function letThrough(desk: Desk, id: number): Promise<void> {
  await desk.office.setFaults();
  const headers = { authorization: `Bearer ${ADMIN}` };
  await fetch(`${desk.origin}/api/imports/${id}/resume`, { method: 'POST', headers });
}

/** In the place of the browser's own: it only writes down; what it says when asked is `answer`. */
const written = (answer: 'granted' | 'denied') => `
  window.Notification = class extends EventTarget {
    static permission = sessionStorage.getItem('permission') ?? 'default';
    static asked = 0;
    static all = [];
    static async requestPermission() {
      Notification.asked += 1;
      Notification.permission = '${answer}';
      sessionStorage.setItem('permission', '${answer}');
      return '${answer}';
    }
    constructor(title, options) {
      super();
      Notification.all.push({ title, ...options });
      Notification.last = this;
    }
    close() {}
  };
  window.focus = () => document.body.setAttribute('data-focused', '');
`;

async function watch(page: Page, answer: 'granted' | 'denied'): Promise<void> {
  await page.addInitScript({ content: written(answer) });
  await page.reload();
}

/** Another tab comes before it. */
const HIDE = `
  Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
`;

test('the browser notifies of an import that ends, if it may and nobody is looking', async () => {
  await using stack = new AsyncDisposableStack();
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  const desk = stack.use(await openDesk(browser, SEED));
  await desk.office.setFaults({ kind: 'overload' });
  await start(desk, 'seen.csv');
  const page = await desk.open('/imports/1', { permissions: ['notifications'] });
  await watch(page, 'granted');
  const one = page.getByRole('switch', { name: 'Notify me when it ends' });
  await one.waitFor();
  expect([await one.isChecked(), await page.evaluate('Notification.asked')]).toEqual([false, 0]);
  await one.click();
  await page.getByRole('switch', { name: 'Notify me when it ends', checked: true }).waitFor();
  await letThrough(desk, 1);
  await page.getByText('Everything has its outcome.').waitFor({ timeout: 30_000 });
  expect(await page.evaluate('Notification.all')).toEqual([]);

  await page.getByRole('link', { name: 'Bulk Invite' }).click();
  const all = page.getByRole('switch', { name: 'Notify me when an import ends', checked: true });
  await all.waitFor();
  await desk.office.setFaults({ kind: 'overload' });
  await start(desk, 'crowd.csv', 5);
  await page.getByText('Stopped by the portal').waitFor();
  await page.evaluate(HIDE);
  await letThrough(desk, 2);
  const told = () => page.evaluate('Notification.all');
  await expect.poll(told, { timeout: 40_000 }).not.toEqual([]);
  expect(await page.evaluate('Notification.all')).toEqual([
    { title: 'crowd.csv: done', body: '240 of 240 invited.', tag: 'bulk-invite-2', lang: 'en' },
  ]);
  await page.evaluate("Notification.last.dispatchEvent(new Event('click'))");
  await page.waitForURL('**/imports/2');
  expect(await page.locator('body[data-focused]').count()).toBe(1);

  const other = await desk.open('/');
  await watch(other, 'denied');
  await other.getByRole('switch', { name: 'Notify me' }).click();
  await other.getByText('This browser does not let the page notify you').waitFor();
  expect(await other.getByRole('switch', { name: 'Notify me' }).isChecked()).toBe(false);
}, 120_000);
