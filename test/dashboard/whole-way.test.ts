import { readFileSync } from 'node:fs';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { openBrowser } from '../support/chromium.ts';
import { crowd, readResults } from '../support/office.ts';
import { type Desk, hurry, openSlowDesk } from './desk.ts';

/** Person 59 stands there twice, the second time by the address, and is banned from group 3; nobody has the number 99999. */
const CSV = `${crowd(4, 80)}2,99999\n2,person59@northwind.example\n2,Иван\n`;
const PATIENCE = { timeout: 90_000 };

let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  browser = await openBrowser();
  desk = await openSlowDesk(browser, plainSeed({ users: 100, groups: 4 }));
  await desk.office.order('relations', [{ groupId: 3, userId: 59, role: 'T' }]);
});

afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
  await browser?.close();
});

const progress = async (page: Page): Promise<number> => {
  const text = await page.getByRole('heading', { name: /have their outcome/ }).textContent();
  return Number(/^[\d,]+/.exec(text ?? '')?.[0].replaceAll(',', ''));
};

const settled = (page: Page) => page.getByText('Everything has its outcome.').waitFor();

async function saved(download: Promise<Download>): Promise<Record<string, string>[]> {
  return readResults(await (await download).path());
}

describe('from the file to mended failures', () => {
  let page: Page;

  test('a file is handed in, and all that is in it is shown before anything is sent', async () => {
    page = await desk.open('/');
    await page.getByText('Nothing has been imported yet').waitFor();
    await page.getByRole('link', { name: 'New import' }).first().click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    const file = { name: 'crowd.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };
    await (await choosing).setFiles(file);

    await page.waitForURL('**/imports/1');
    const counts = page.getByRole('region', { name: 'What is in it' });
    await counts.waitFor();
    expect(await counts.locator('dt').nth(1).textContent()).toBe('duplicate');
    expect(await counts.locator('dd').allTextContents()).toEqual(['321', '+ 1', '+ 1', '= 323']);
    expect(await page.getByLabel('Letters (encoding)').inputValue()).toBe('utf-8');
    expect(await page.getByLabel('Between the cells').inputValue()).toBe(',');
    const rejects = page.getByRole('region', { name: '1 line cannot be read' });
    expect(await rejects.getByRole('row').nth(1).textContent()).toContain('Иван');
    // Person 59 is banned from one group only, so that all 80 hear of one.
    await page.getByRole('button', { name: 'Start: 80 people will be notified' }).waitFor();
    expect((await desk.office.truth()).invitationsSent).toBe(0);
  });

  test('the text of the invitation is written, with its length', async () => {
    await page.getByLabel('What people read when they are invited').fill('Welcome aboard!');
    await page.getByText('15 characters').waitFor();
    expect(await page.getByRole('button', { name: /^Start/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Save the text' }).press('Enter');
    await page.getByRole('status').getByText('The text is saved.').waitFor();
    expect(await page.locator('textarea:focus').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Save the text' }).count()).toBe(0);
    await page.getByRole('button', { name: /^Start: 80/ }).waitFor();
    expect(await page.getByLabel('What people read when they are invited').inputValue()).toBe(
      'Welcome aboard!',
    );
    const other = await page.context().newPage();
    await other.goto('/imports/1/history?of=old');
    await other.waitForURL(/imports\/(?!1\/)\d+\/history\?of=old$/);
    await other.getByText('handed the file in').waitFor();
    await other.close();
  });

  test('progress moves without reload; pause stops it, go on goes on', async () => {
    await page.getByRole('button', { name: /^Start/ }).click();
    await page.getByText('Invitations are going out.').waitFor();
    await expect.poll(() => progress(page), PATIENCE).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused. Nothing goes out').waitFor();
    // Requests under way still end.
    await expect
      .poll(
        async () => [await progress(page), (await desk.office.truth()).invitationsSent],
        PATIENCE,
      )
      .toSatisfy(([shown = 0, sent = 0]) => shown >= sent && shown < 321);
    await hurry(desk);
    await page.getByRole('button', { name: 'Go on' }).click();
    await settled(page);
    await page.getByRole('region', { name: 'Invitation text' }).getByText('Welcome').waitFor();
    expect(await progress(page)).toBe(323);
    expect((await desk.office.truth()).invitationsSent).toBe(319);
  });

  test('what was downloaded is what the ledger holds', async () => {
    const all = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download everything (CSV)' }).click();
    const { stdout } = await desk.office.program.call('results', currentId(page));
    const download = await all;
    expect(readFileSync(await download.path(), 'utf8')).toBe(stdout);
    const declined = page.waitForEvent('download');
    const reason = page.getByRole('listitem').filter({ hasText: 'gives no reason' });
    await reason.getByRole('link', { name: 'Download these' }).click();
    expect(await saved(declined)).toMatchObject([{ group_id: '3', user_id: '59' }]);
  });

  test('the pairs are filtered, and the address keeps the filters', async () => {
    const reason = page.getByRole('listitem').filter({ hasText: 'gives no reason' });
    await reason.getByRole('link', { name: 'Show these' }).click();
    await page.waitForURL('**/pairs?outcome=failed&reason=declined');
    const rows = page.getByRole('table').getByRole('row');
    await expect.poll(() => rows.count(), PATIENCE).toBe(2);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Group number').fill('3');
    await page.getByLabel('Group number').press('Enter');
    await page.waitForURL('**/pairs?group_id=3');
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.locator('h1:focus').waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);
    await expect.poll(() => rows.count(), PATIENCE).toBe(31);
    await page.reload();
    await expect.poll(() => rows.count(), PATIENCE).toBe(31);
    expect(await page.getByLabel('Group number').inputValue()).toBe('3');
  });

  test('groups have their figures, and the trail tells who did what', async () => {
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    const group = page.getByRole('row').nth(3);
    await expect.poll(() => group.textContent(), PATIENCE).toMatch(/^Group 3380791$/);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('paused it').waitFor();
    await page.getByText('went on with it').waitFor();
  });

  test('what failed is mended on the portal and retried', async () => {
    await page.getByRole('link', { name: 'Progress' }).click();
    await desk.office.order('relations', [{ groupId: 3, userId: 59, role: null }]);
    const reason = page.getByRole('listitem').filter({ hasText: 'gives no reason' });
    await reason.getByRole('button', { name: 'Retry these 1' }).click();
    await reason.waitFor({ state: 'detached' });
    await page.locator('h1:focus').waitFor();
    await settled(page);
    expect((await desk.office.truth()).invitationsSent).toBe(320);
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('retried: The portal did not invite the person').waitFor();
    await page.getByLabel('Language').selectOption('ru');
    await page.getByText('повтор: Портал не пригласил и не сказал почему.').waitFor();
    await page.getByLabel('Язык').selectOption('English');
  });

  test('a person is found over all imports, by the address as well', async () => {
    await page.getByRole('link', { name: 'People' }).click();
    await page
      .getByLabel('Number of the person, or the email address')
      .fill('Person59@Northwind.example');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.waitForURL('**/people?q=Person59*');
    const rows = page.getByRole('row').filter({ hasText: 'crowd.csv' });
    await expect.poll(() => rows.count(), PATIENCE).toBe(5);
    expect(await rows.filter({ hasText: 'Invited' }).count()).toBe(4);
    expect(await rows.filter({ hasText: /Group 3.*person59@northwind\.example/ }).count()).toBe(1);
  });
});

const currentId = (page: Page): string => /imports\/(\d+)/.exec(page.url())?.[1] ?? '';
