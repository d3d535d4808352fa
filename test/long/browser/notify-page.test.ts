import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { FakeApi } from '../../dashboard/fake-api/fake-api.ts';
import { aFinished, aHeld, anImport, aRunning } from '../../dashboard/fake-api/import-data.ts';

/**
 * Replaces the browser's `Notification`: records notifications and answers permission requests with
 * `answer`. `everyFiveSeconds` runs what the page does every five seconds.
 */
const recording = (answer: 'granted' | 'denied') => `
  const { setInterval } = window;
  window.setInterval = (act, ms) => {
    if (ms !== 5_000) return setInterval(act, ms);
    window.everyFiveSeconds = act;
  };
  window.Notification = class extends EventTarget {
    static permission = 'default';
    static asked = 0;
    static all = [];
    static async requestPermission() {
      Notification.asked += 1;
      Notification.permission = '${answer}';
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

/** Hides the page, like a switch to another tab. */
const HIDE = `
  Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
`;

const notifications = (page: Page) => page.evaluate('Notification.all');

test('the browser notifies of a hold, an end and a long wait, if notifications are allowed and the page is hidden', async () => {
  await using api = await FakeApi.start();
  api.data.put(aHeld({ fileName: 'seen.csv' }));
  const page = await api.open('/imports/1');
  await page.evaluate(recording('granted'));
  const one = page.getByRole('switch', { name: 'Notify me about imports' });
  await one.waitFor();
  expect([await one.isChecked(), await page.evaluate('Notification.asked')]).toEqual([false, 0]);
  await one.click();
  await page.getByRole('switch', { name: 'Notify me about imports', checked: true }).waitFor();
  await api.push(aFinished({ fileName: 'seen.csv' }));
  await page.getByText('Finished in').waitFor();

  await page.getByRole('link', { name: 'Bulk Invite' }).click();
  const all = page.getByRole('switch', { name: 'Notify me about imports', checked: true });
  await all.waitFor();
  await api.push(anImport({ id: 2, fileName: 'crowd.csv' }));
  await api.push(anImport({ id: 3, fileName: 'late.csv' }));
  await page.getByText('Ready', { exact: true }).nth(1).waitFor();
  await page.evaluate(HIDE);
  await page.evaluate('everyFiveSeconds()');
  expect(await notifications(page)).toEqual([]);

  /** Triggers the next poll of the imports and checks the last notification. */
  const next = async (count: number, notification: object) => {
    await page.evaluate('everyFiveSeconds()');
    expect(await notifications(page)).toHaveLength(count);
    expect(await page.evaluate('Notification.all.at(-1)')).toMatchObject(notification);
  };
  api.data.put(aHeld({ id: 2, fileName: 'crowd.csv' }));
  await next(1, {
    title: 'crowd.csv: held',
    body: expect.stringContaining('Bitrix24 has blocked REST for this portal'),
  });
  api.data.put(aFinished({ id: 2, fileName: 'crowd.csv' }));
  await next(2, {
    ...{ title: 'crowd.csv: finished', body: '3 of 3 invited.' },
    ...{ tag: 'bulk-invite-2', lang: 'en' },
  });
  const waitingUntil = new Date(Date.now() + 600_000).toISOString();
  api.data.put(aRunning({ id: 3, fileName: 'late.csv', waitingUntil, waitingFor: 'operating' }));
  await next(3, {
    title: 'late.csv: waiting',
    body: expect.stringMatching(/^Continues at .*\d+:\d+/),
  });
  await page.evaluate("Notification.last.dispatchEvent(new Event('click'))");
  await page.waitForURL('**/imports/3');
  expect(await page.locator('body[data-focused]').count()).toBe(1);
});

test('the page reports that the browser does not allow notifications', async () => {
  await using api = await FakeApi.start();
  api.data.put(anImport());
  const page = await api.open('/');
  await page.evaluate(recording('denied'));
  await page.getByRole('switch', { name: 'Notify me' }).click();
  await page.getByText('This browser blocks notifications.').waitFor();
  expect(await page.getByRole('switch', { name: 'Notify me' }).isChecked()).toBe(false);
});
