import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPageHarness } from '../../dashboard/page-harness.ts';
import { crowd } from '../../support/program-harness.ts';

const NO_TOKENS = {};

test('the link that the program prints logs in; the page goes on when the server was killed and comes back', async () => {
  await using pageHarness = await openPageHarness(
    { seed: plainSeed({ users: 30, groups: 2 }) },
    NO_TOKENS,
  );
  const { harness } = pageHarness;
  const page = await pageHarness.open(pageHarness.loginLink ?? '', { token: null });
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Imports' }).waitFor();
  expect(page.url()).toBe(`${pageHarness.origin}/`);
  await harness.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
  const uploaded = await page.request.post('/api/imports?filename=crowd.csv&start=true', {
    headers: { 'content-type': 'text/csv', origin: pageHarness.origin },
    data: crowd(2, 20),
  });
  expect(uploaded.status()).toBe(201);
  // The list shows an import that came from elsewhere.
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
  forgetWaits(join(harness.folder, 'data', 'ledger.db'));
  await pageHarness.serve();
  await page.getByText('Connection to the server lost.').waitFor({ state: 'hidden' });
  await page.getByText('Finished in').waitFor();
  const saved = page.waitForEvent('download');
  await alert.getByRole('button', { name: 'Try again' }).click();
  expect((await saved).suggestedFilename()).toBe('crowd-1.csv');
  expect((await harness.truth()).invitationsSent).toBe(40);
  // Started at once, it was not checked; the names come when somebody opens the view.
  await page.getByRole('link', { name: 'Groups', exact: true }).click();
  await page.getByRole('link', { name: 'Group 1', exact: true }).waitFor();
});

/** Requests without an answer are over at once: at the portal none is in flight. */
function forgetWaits(path: string): void {
  using ledger = new DatabaseSync(path);
  ledger.exec('update sent_pairs set ends_by = 0');
}
