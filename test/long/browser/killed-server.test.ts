import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPageHarness } from '../../dashboard/page-harness.ts';
import { crowd } from '../../support/program-harness.ts';

const NO_TOKENS = {};

test('the printed link logs in, and the page reconnects after the server was killed and restarted', async () => {
  await using pageHarness = await openPageHarness(
    { seed: plainSeed({ users: 30, groups: 2 }) },
    NO_TOKENS,
  );
  const { harness } = pageHarness;
  const page = await pageHarness.open(pageHarness.loginLink ?? '', { token: null });
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Imports', exact: true }).waitFor();
  expect(page.url()).toBe(`${pageHarness.origin}/`);
  await harness.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
  const uploaded = await page.request.post('/api/imports?filename=crowd.csv&start=true', {
    headers: { 'content-type': 'text/csv', origin: pageHarness.origin },
    data: crowd(2, 20),
  });
  expect(uploaded.status()).toBe(201);
  // The list shows an import that was not uploaded on the page.
  await page.getByRole('link', { name: 'crowd.csv' }).click();
  await harness.until(({ atGate, invitationsSent }) => atGate > 0 && invitationsSent > 0);
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await pageHarness.kill();
  await page.getByText('Connection to the server lost.').waitFor();
  await page.getByRole('link', { name: 'Download results (CSV)' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Cannot reach the server' });
  await alert.getByText('Check that the server is running, then try again.').waitFor();
  await harness.removeGate();
  await harness.until(({ atGate, inFlight }) => atGate + inFlight === 0);
  expireRequests(join(harness.folder, 'data', 'ledger.db'));
  await pageHarness.serve();
  await page.getByText('Connection to the server lost.').waitFor({ state: 'hidden' });
  await page.getByText('Finished in').waitFor();
  const saved = page.waitForEvent('download');
  await alert.getByRole('button', { name: 'Try again' }).click();
  expect((await saved).suggestedFilename()).toBe('crowd-1.csv');
  expect((await harness.truth()).invitationsSent).toBe(40);
  // The import was started without a check, so the names are loaded when the view is opened.
  await page.getByRole('link', { name: 'Groups', exact: true }).click();
  await page.getByRole('link', { name: 'Group 1', exact: true }).waitFor();
});

/** Lets the lifetime of unanswered requests expire; none is in flight at the portal. */
function expireRequests(path: string): void {
  using ledger = new DatabaseSync(path);
  ledger.exec('update sent_pairs set ends_by = 0');
}
