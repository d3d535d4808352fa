import { readFileSync } from 'node:fs';
import type { Download, Page, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { explain } from '../../src/messages/explain.ts';
import { REASONS_RU } from '../../src/messages/ru/reasons-ru.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { crowd, readResults } from '../support/program-harness.ts';
import { contractOf, routeOf } from './fake-api/contracts.ts';
import { ADMIN, openPageHarness, type PageHarness } from './page-harness.ts';

/** Person 20 stands there twice, the second time by the address, and is banned from group 3; nobody has the number 99999. */
const CSV = `${crowd(4, 30)}2,99999\n2,person20@northwind.example\n2,Иван\n`;
const DECLINED = explain('failed', 'declined').meaning;
const TIMEOUT = { timeout: 90_000 };

let pageHarness: PageHarness;
const misfits: string[] = [];

beforeAll(async () => {
  const seed = plainSeed({ users: 50, groups: 4 });
  pageHarness = await openPageHarness({ seed }, { ADMIN_TOKEN: ADMIN, CONCURRENCY: '1' });
  await pageHarness.harness.order('relations', [{ groupId: 3, userId: 20, role: 'T' }]);
});

afterAll(() => pageHarness?.[Symbol.asyncDispose]());

/** Compares an answer of the real server with what the fake API's table says of its route. */
async function compare(response: Response): Promise<void> {
  const request = response.request();
  const { pathname } = new URL(response.url());
  if (!pathname.startsWith('/api/') || pathname === '/api/events' || !response.ok()) return;
  const name = routeOf(request.method(), pathname);
  if (name === undefined) misfits.push(`${request.method()} ${pathname} is not in the table`);
  else if (/json/.test(response.headers()['content-type'] ?? '')) {
    const text = await response.text().catch(() => undefined);
    if (text === undefined) return;
    const { error } = contractOf(name).answer.safeParse(JSON.parse(text));
    if (error !== undefined) misfits.push(`${name}: ${error.message}`);
  }
}

const progress = async (page: Page): Promise<number> => {
  const text = await page.getByRole('heading', { name: /processed/ }).textContent();
  return Number(/^[\d,]+/.exec(text ?? '')?.[0].replaceAll(',', ''));
};

const settled = (page: Page) => page.getByText('Finished in').waitFor();

async function saved(download: Promise<Download>): Promise<Record<string, string>[]> {
  return readResults(await (await download).path());
}

async function logIn(page: Page, token: string): Promise<void> {
  await page.getByLabel('Access key').fill(token);
  await page.getByRole('button', { name: 'Log in' }).click();
}

describe('from the file to fixed failures', () => {
  let page: Page;
  let isBroken = false;
  // Each goes on where the one before has ended.
  beforeEach(({ skip }) => skip(isBroken, 'the way ended before'));
  afterEach(({ task }) => {
    isBroken ||= task.result?.state === 'fail';
  });

  test('somebody logs in with the key', async () => {
    page = await pageHarness.open('/', { token: null });
    page.on('response', (response) => void compare(response));
    expect(page.url()).toMatch(/\/login$/);
    await logIn(page, ADMIN);
    await page.getByText('No imports yet').waitFor();
  });

  test('a file is uploaded, and all that is in it is shown before anything is sent', async () => {
    await page.getByRole('link', { name: 'New import' }).first().click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    const file = { name: 'crowd.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };
    await (await choosing).setFiles(file);

    await page.waitForURL('**/imports/1');
    const counts = page.getByRole('region', { name: 'Summary' });
    await counts.waitFor();
    expect(await counts.locator('dt').nth(1).textContent()).toBe('duplicate');
    expect(await counts.locator('dd').allTextContents()).toEqual(['121', '+ 1', '+ 1', '= 123']);
    expect(await page.getByLabel('Encoding').inputValue()).toBe('utf-8');
    expect(await page.getByLabel('Delimiter').inputValue()).toBe(',');
    await page.getByRole('columnheader', { name: 'group_id Group' }).waitFor();
    const rejects = page.getByRole('region', { name: '1 row has an error' });
    expect(await rejects.getByRole('row').nth(1).textContent()).toContain('Иван');
    // Person 20 is banned from one group only, so that all 30 are notified of one.
    await page.getByRole('button', { name: 'Start: 30 people will be notified' }).waitFor();
    expect((await pageHarness.harness.truth()).invitationsSent).toBe(0);
  });

  test('the text of the invitation is written, with its length', async () => {
    await page.getByLabel('Message to the people you invite').fill('Welcome aboard!');
    await page.getByText('15 characters').waitFor();
    expect(await page.getByRole('button', { name: /^Start/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Save message' }).press('Enter');
    await page.getByRole('status').getByText('Message saved.').waitFor();
    expect(await page.locator('textarea:focus').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Save message' }).count()).toBe(0);
    await page.waitForURL(/imports\/(?!1$)\d+$/);
    expect(await page.getByLabel('Message to the people you invite').inputValue()).toBe(
      'Welcome aboard!',
    );
  });

  test('progress moves without reload; pause stops it, go on goes on', async () => {
    const { harness } = pageHarness;
    await harness.setFaults({ kind: 'gate', method: 'sonet_group.user.invite' });
    await page.getByRole('button', { name: /^Start: 30/ }).click();
    await harness.until(({ atGate }) => atGate === 1);
    // The duplicate and the line that cannot be read.
    expect(await progress(page)).toBe(2);
    await harness.openGate(1);
    await harness.until(({ atGate, invitationsSent }) => atGate === 1 && invitationsSent > 0);
    await expect.poll(() => progress(page), TIMEOUT).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Pause' }).click();
    // A request that has left still ends, and until then the page does not say that nothing goes out.
    await page.getByText(/^Pausing… \d+ invitations? ha/).waitFor();
    await harness.removeGate();
    await page.getByText('Paused. Nothing is sent').waitFor();
    const { invitationsSent } = await harness.truth();
    await expect.poll(() => progress(page), TIMEOUT).toBeGreaterThanOrEqual(invitationsSent);
    expect(await progress(page)).toBeLessThan(121);
    await page.getByRole('button', { name: 'Resume' }).click();
    await settled(page);
    await page.getByRole('region', { name: 'Invitation message' }).getByText('Welcome').waitFor();
    expect(await progress(page)).toBe(123);
    expect((await harness.truth()).invitationsSent).toBe(119);
  });

  test('what was downloaded is what the ledger holds', async () => {
    const all = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download results (CSV)' }).click();
    const { stdout } = await pageHarness.harness.program.call('results', currentId(page));
    const download = await all;
    expect(readFileSync(await download.path(), 'utf8')).toBe(stdout);
    const declined = page.waitForEvent('download');
    const reason = page.getByRole('listitem').filter({ hasText: DECLINED });
    await reason.getByRole('link', { name: 'Download' }).click();
    expect(await saved(declined)).toMatchObject([{ group_id: '3', user_id: '20' }]);
  });

  test('pairs are found, groups have their figures, and the trail says who did what', async () => {
    const reason = page.getByRole('listitem').filter({ hasText: DECLINED });
    await reason.getByRole('link', { name: 'Show' }).click();
    await page.waitForURL('**/pairs?outcome=failed&reason=declined');
    const rows = page.getByRole('table').getByRole('row');
    await expect.poll(() => rows.count(), TIMEOUT).toBe(2);
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    const group = page.getByRole('row').nth(3);
    await expect.poll(() => group.textContent(), TIMEOUT).toMatch(/^Group 3330291$/);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.getByText('Resumed').waitFor();
  });

  test('what failed is fixed on the portal and retried', async () => {
    await page.getByRole('link', { name: 'Progress' }).click();
    await pageHarness.harness.order('relations', [{ groupId: 3, userId: 20, role: null }]);
    const reason = page.getByRole('listitem').filter({ hasText: DECLINED });
    await reason.getByRole('button', { name: 'Retry (1)' }).click();
    await reason.waitFor({ state: 'detached' });
    await page.locator('h1:focus').waitFor();
    await settled(page);
    expect((await pageHarness.harness.truth()).invitationsSent).toBe(120);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText(`Retried: ${DECLINED}`).waitFor();
    await page.getByLabel('Language').selectOption('ru');
    await page.getByText(`Повтор: ${REASONS_RU.declined[0]}`).waitFor();
    await page.getByLabel('Язык').selectOption('English');
  });

  test('a person is found over all imports, by the address as well', async () => {
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByLabel('User ID or email address').fill('Person20@Northwind.example');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL('**/people?q=Person20*');
    const rows = page.getByRole('row').filter({ hasText: 'crowd.csv' });
    await expect.poll(() => rows.count(), TIMEOUT).toBe(5);
    expect(await rows.filter({ hasText: 'Invited' }).count()).toBe(4);
    expect(await rows.filter({ hasText: /Group 3.*person20@northwind\.example/ }).count()).toBe(1);
    await page.getByRole('link', { name: 'Portal' }).click();
    await page.getByRole('heading', { name: 'Request quota used' }).waitFor();
    expect(misfits).toEqual([]);
  });
});

const currentId = (page: Page): string => /imports\/(\d+)/.exec(page.url())?.[1] ?? '';
