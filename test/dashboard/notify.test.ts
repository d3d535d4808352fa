import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { openBrowser } from '../support/chromium.ts';
import { crowd } from '../support/office.ts';
import { ADMIN, type Desk, openDesk } from './desk.ts';

/** The smallest request takes long enough to count among the method's server seconds. */
const PORTAL = { seed: plainSeed({ users: 100, groups: 10 }), inviteSeconds: 0.01 };

async function handIn(desk: Desk, name: string, firstGroup: number): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'text/csv' };
  const url = `${desk.origin}/api/imports?filename=${name}`;
  const response = await fetch(url, { method: 'POST', headers, body: crowd(2, 60, firstGroup) });
  expect(response.status).toBe(201);
}

async function order(desk: Desk, id: number, name: 'start' | 'resume'): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN}` };
  const url = `${desk.origin}/api/imports/${id}/${name}`;
  expect((await fetch(url, { method: 'POST', headers })).status).toBe(200);
}

async function letThrough(desk: Desk, id: number): Promise<void> {
  await desk.office.setFaults();
  await order(desk, id, 'resume');
}

/**
 * In the place of the browser's own: it only writes down; what it says when asked is `answer`. What
 * is looked at every five seconds is looked at oftener.
 */
const written = (answer: 'granted' | 'denied') => `
  const { setInterval } = window;
  window.setInterval = (look, ms) => setInterval(look, ms === 5_000 ? 250 : ms);
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

const told = (page: Page) => page.evaluate('Notification.all');

/** Waits for one more notification. */
const next = async (page: Page, count: number, notification: object): Promise<void> => {
  await expect.poll(() => told(page), { timeout: 90_000 }).toHaveLength(count);
  expect(await page.evaluate('Notification.all.at(-1)')).toMatchObject(notification);
};

test('the browser notifies of a hold, an end and a long wait, if it may and nobody is looking', async () => {
  await using stack = new AsyncDisposableStack();
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  const desk = stack.use(await openDesk(browser, PORTAL));
  await handIn(desk, 'seen.csv', 1);
  await desk.office.setFaults({ kind: 'overload' });
  await order(desk, 1, 'start');
  const page = await desk.open('/imports/1', { permissions: ['notifications'] });
  await watch(page, 'granted');
  const one = page.getByRole('switch', { name: 'Notify me when it ends' });
  await one.waitFor();
  expect([await one.isChecked(), await page.evaluate('Notification.asked')]).toEqual([false, 0]);
  await one.click();
  await page.getByRole('switch', { name: 'Notify me when it ends', checked: true }).waitFor();
  await letThrough(desk, 1);
  await page.getByText('Everything has its outcome.').waitFor();
  expect(await told(page)).toEqual([]);

  await page.getByRole('link', { name: 'Bulk Invite' }).click();
  const all = page.getByRole('switch', { name: 'Notify me when an import ends', checked: true });
  await all.waitFor();
  await handIn(desk, 'crowd.csv', 3);
  await handIn(desk, 'late.csv', 5);
  await expect.poll(() => page.getByText('Ready to start').count(), { timeout: 90_000 }).toBe(2);
  await page.evaluate(HIDE);

  await desk.office.setFaults({ kind: 'overload' });
  await order(desk, 2, 'start');
  await next(page, 1, {
    title: 'crowd.csv: stopped by the portal',
    body: expect.stringContaining('Bitrix24 has blocked REST for this portal by hand'),
  });
  await letThrough(desk, 2);
  await next(page, 2, {
    ...{ title: 'crowd.csv: done', body: '120 of 120 invited.' },
    ...{ tag: 'bulk-invite-2', lang: 'en' },
  });

  await desk.office.setFaults({ kind: 'operating_limit', method: 'sonet_group.user.invite' });
  await order(desk, 3, 'start');
  await next(page, 3, {
    title: 'late.csv: waiting',
    body: expect.stringMatching(/^The portal lets nothing through until \d+:\d+/),
  });
  await page.evaluate("Notification.last.dispatchEvent(new Event('click'))");
  await page.waitForURL('**/imports/3');
  expect(await page.locator('body[data-focused]').count()).toBe(1);

  const other = await desk.open('/');
  await watch(other, 'denied');
  await other.getByRole('switch', { name: 'Notify me' }).click();
  await other.getByText('This browser does not let the page notify you').waitFor();
  expect(await other.getByRole('switch', { name: 'Notify me' }).isChecked()).toBe(false);
});
