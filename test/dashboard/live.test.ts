import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { openBrowser } from '../support/chromium.ts';
import { crowd } from '../support/office.ts';
import { ADMIN, type Desk, hurry, openSlowDesk } from './desk.ts';

const SEED = plainSeed({ users: 100, groups: 10 });

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser?.close());

/** Hands a file in behind the page's back. */
async function start(desk: Desk, csv: string): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'text/csv' };
  const url = `${desk.origin}/api/imports?filename=crowd.csv&start=true`;
  const response = await fetch(url, { method: 'POST', headers, body: csv });
  expect(response.status).toBe(201);
}

describe.concurrent('the page goes on by itself', () => {
  test('when the server was killed and comes back', async () => {
    await using desk = await openSlowDesk(browser, SEED);
    await start(desk, crowd(10, 60));
    const page = await desk.open('/imports/1');
    await page.getByText('Invitations are going out.').waitFor();
    await desk.kill();
    await page.getByText('The connection to the server is lost.').waitFor();
    await page.getByRole('link', { name: 'Download everything (CSV)' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'The server cannot be reached' });
    await alert.getByText('Look whether it runs, then try again.').waitFor();
    await hurry(desk);
    await desk.serve();
    const saved = page.waitForEvent('download');
    await alert.getByRole('button', { name: 'Try again' }).click();
    expect((await saved).suggestedFilename()).toBe('crowd-1.csv');
    await page.getByText('The connection to the server is lost.').waitFor({ state: 'hidden' });
    await page.getByText('Everything has its outcome.').waitFor();
    expect((await desk.office.truth()).invitationsSent).toBe(600);
    // Started at once, it was not checked; the names come when somebody looks.
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    await page.getByRole('link', { name: 'Group 1', exact: true }).waitFor();
  });

  test('from a hold, which it explains, when somebody tries again', async () => {
    await using desk = await openSlowDesk(browser, SEED);
    await desk.office.setFaults({ kind: 'overload' });
    const page = await desk.open('/');
    await start(desk, crowd(2, 20));
    // The list hears of an import that somebody else has handed in.
    await page.getByRole('link', { name: 'crowd.csv' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('Bitrix24 has blocked REST for this portal by hand').waitFor();
    await page.getByText('Stopped by the portal').waitFor();
    await page.getByText(/Waiting for the portal until \d+:\d\d:\d\d: it is asked again/).waitFor();
    await alert.getByText(/; the next one is at \d+:\d\d:\d\d\./).waitFor();
    await desk.office.setFaults({ kind: 'slow', seconds: 15 });
    await alert.getByText('the next one is going on now.').waitFor();
    await page.getByText('Asking the portal again now.').waitFor();
    await desk.office.setFaults();
    await hurry(desk);
    await alert.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('Everything has its outcome.').waitFor();
    expect(await alert.count()).toBe(0);
  });

  test('while it is cancelled, after asking', async () => {
    await using desk = await openSlowDesk(browser, SEED);
    await start(desk, crowd(10, 60));
    const page = await desk.open('/imports/1');
    await page.getByText('Invitations are going out.').waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: 'No, leave it' }).click();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await page.getByText('Cancelled. Nothing more goes out.').waitFor();
    await page.getByText('cancelled before').waitFor();
  });
});
