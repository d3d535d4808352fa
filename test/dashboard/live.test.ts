import type { BrowserContext } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/messages/explain.ts';
import { problem } from '../../src/messages/problems.ts';
import { HttpProblem } from '../../src/server/http/http-problem.ts';
import { FakeApi } from './fake-api/fake-api.ts';
import { aFinished, aHeld, aHold, anImport, aRunning, at, tally } from './fake-api/import-data.ts';
import { aGroup } from './fake-api/review-data.ts';

const LOST = 'Connection to the server lost.';

describe('the page updates without a reload', () => {
  test('after the server was down', async () => {
    await using api = await FakeApi.start();
    api.data.put(aRunning({ fileName: 'crowd.csv' }));
    const page = await api.open('/imports/1');
    await page.getByText('Invitations are being sent.').waitFor();
    api.down();
    await page.getByText(LOST).waitFor();
    await page.getByRole('link', { name: 'Download results (CSV)' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Cannot reach the server' });
    await alert.getByText('Check that the server is running, then try again.').waitFor();
    // The import ends while the page is disconnected.
    api.data.put(aFinished({ fileName: 'crowd.csv' }));
    api.up();
    await page.getByText('Finished in').waitFor();
    await page.getByText(LOST).waitFor({ state: 'hidden' });
    const saved = page.waitForEvent('download');
    await alert.getByRole('button', { name: 'Try again' }).click();
    expect((await saved).suggestedFilename()).toBe('results.csv');
    await alert.waitFor({ state: 'detached' });
  });

  test('with an import of another user and its progress', async () => {
    await using api = await FakeApi.start();
    const page = await api.open('/');
    await page.getByText('No imports yet').waitFor();
    await api.push(aRunning({ fileName: 'crowd.csv' }));
    await page.getByRole('link', { name: 'crowd.csv' }).click();
    await page.getByRole('heading', { name: '0 invited, 3 to go (0%)' }).waitFor();
    const tallies = [tally('pending', null, 1), tally('invited', 'returned', 2)];
    await api.push(aRunning({ tallies, perMinute: 120, etaSeconds: 90 }));
    await page.getByRole('heading', { name: '2 invited, 1 to go (67%)' }).waitFor();
    await expect.poll(() => page.title()).toBe('67% · people.csv · Bulk Invite');
    await page.getByText('120 processed per minute. About 2 minutes left.').waitFor();
    await page.getByRole('link', { name: 'Groups', exact: true }).click();
    await page.getByText('The file has no groups.').waitFor();
    await api.push(aFinished(), { groups: [aGroup({ id: 2, name: null })] });
    await page.getByRole('link', { name: 'Group 2', exact: true }).waitFor();
  });

  test('with what was left out beside the progress, and the result as one sentence', async () => {
    await using api = await FakeApi.start();
    const leftOut = [tally('duplicate', null, 8_950), tally('rejected', 'bad_user_id', 2)];
    const pending = tally('pending', null, 3_640);
    const tallies = [tally('invited', 'returned', 257), pending, ...leftOut];
    api.data.put(aRunning({ tallies }));
    const page = await api.open('/');
    await page.getByText('257 of 3,897 invited').waitFor();
    await page.getByText('2 need your attention').waitFor();
    await page.getByRole('link', { name: 'people.csv' }).click();
    await page.getByRole('heading', { name: '257 invited, 3,640 to go (7%)' }).waitFor();
    await page.getByText('Left out:').waitFor();
    const failed = tally('failed', 'banned', 1);
    await api.push(
      aFinished({ tallies: [tally('invited', 'returned', 3_896), failed, ...leftOut] }),
    );
    const result = 'Finished in 3 minutes: 3,896 invited, 3 need your attention';
    await page.getByRole('heading', { name: result }).waitFor();
  });

  test('to the import that replaces the shown one', async () => {
    await using api = await FakeApi.start();
    api.data.put(anImport({ id: 1, fileName: 'before.csv' }));
    const page = await api.open('/imports/1/history?of=old');
    await page.getByRole('heading', { name: 'before.csv' }).waitFor();
    api.data.put(anImport({ id: 2, fileName: 'after.csv' }));
    await api.pushGone(1, 2);
    await page.waitForURL('**/imports/2/history?of=old');
    await page.getByRole('heading', { name: 'after.csv' }).waitFor();
    // A saved URL also leads to the new import.
    api.answer('GET /api/imports/:id', ({ id }) => {
      if (id !== 1) return api.data.get(id);
      throw new HttpProblem('not_found', problem('import_replaced', { id: 1, by: 2 }));
    });
    await page.goto('/imports/1/history?of=old');
    await page.waitForURL('**/imports/2/history?of=old');
    await page.getByRole('heading', { name: 'after.csv' }).waitFor();
  });
});

test('a hold is explained, and a user can try again', async () => {
  await using api = await FakeApi.start();
  api.data.put(aHeld());
  const page = await api.open('/imports/1');
  const alert = page.getByRole('alert');
  await alert.getByText('Bitrix24 has blocked REST for this portal').waitFor();
  await page.getByText('Held', { exact: true }).waitFor();
  await page.getByText(/not accepting invitations\. Next attempt at .*\d+:\d\d:\d\d/).waitFor();
  await alert.getByText(/Retried 2 times\. Next attempt at .*\d+:\d\d:\d\d/).waitFor();
  await api.push(aHeld({ hold: aHold({ isTried: true }) }));
  await alert.getByText('Trying again now…').waitFor();
  await page.locator('p', { hasText: /^Trying again now…/ }).waitFor();
  await api.push(aHeld({ hold: aHold({ nextTryAt: at(9, 3) }) }));
  await alert.getByText('The next attempt is due now.').waitFor();
  await page.locator('p', { hasText: /^The next attempt is due now\./ }).waitFor();
  api.answer('POST /api/imports/:id/resume', () => {
    api.data.put(aRunning());
    return aRunning();
  });
  await alert.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('Invitations are being sent.').waitFor();
  await alert.waitFor({ state: 'detached' });
});

const IN_FLIGHT =
  '2 invitations have already been sent to Bitrix24 and are waiting for their results.';

test('an import is cancelled after a confirmation, and requests in flight are completed', async () => {
  await using api = await FakeApi.start();
  api.data.put(aRunning({ inFlight: 2 }));
  const cancelled = anImport({
    ...{ state: 'cancelled', startedAt: at(9, 1), finishedAt: at(9, 2) },
    tallies: [tally('cancelled', 'by_user', 3)],
  });
  api.answer('POST /api/imports/:id/cancel', () => {
    const cancelling = anImport({ ...cancelled, state: 'cancelling', inFlight: 2 });
    api.data.put(cancelling);
    return cancelling;
  });
  const page = await api.open('/imports/1');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByText('2 invitations already sent to Bitrix24 may still go through')
    .waitFor();
  await page.getByRole('button', { name: 'Go back' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(api.requests.filter(({ name }) => name.startsWith('POST'))).toEqual([]);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel import' }).click();
  await page.getByText(`Cancelling… ${IN_FLIGHT} Nothing else is sent.`).waitFor();
  await api.push(cancelled);
  await page.getByText('Nothing more is sent.').waitFor();
  await page.getByText(explain('cancelled', 'by_user').meaning).waitFor();
});

test('an answer that is older than an event does not replace it', async () => {
  await using api = await FakeApi.start();
  api.data.put(aRunning({ inFlight: 2 }));
  const page = await api.open('/imports/1');
  await page.getByText('Invitations are being sent.').waitFor();
  const late = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  api.answer('GET /api/imports/:id', async ({ id }) => {
    const before = api.data.get(id);
    asked.resolve();
    await late.promise;
    return before;
  });
  api.answer('POST /api/imports/:id/pause', () => api.data.get(1));
  await page.getByRole('button', { name: 'Pause' }).click();
  await asked.promise;
  api.answer('GET /api/imports/:id', ({ id }) => api.data.get(id));
  const readAgain = page.waitForResponse((answer) => answer.url().endsWith('/api/imports/1'));
  await api.push(aRunning({ state: 'paused', inFlight: 0 }));
  await readAgain;
  late.resolve();
  await page.getByText('Paused. Nothing is sent until the import is resumed.').waitFor();
});

test('an import is shown as paused when none of its requests is in flight', async () => {
  await using api = await FakeApi.start();
  const pausing = aRunning({ state: 'pausing', perMinute: 0, etaSeconds: null, inFlight: 2 });
  api.data.put(pausing);
  const page = await api.open('/imports/1');
  await page.getByText(`Pausing… ${IN_FLIGHT}`).waitFor();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  await api.push({ ...pausing, state: 'paused', inFlight: 0 });
  await page.getByText('Paused. Nothing is sent until the import is resumed.').waitFor();
});

test('while a proxy holds events back, the page polls and says so', async () => {
  await using api = await FakeApi.start();
  api.holdEvents();
  api.data.put(aRunning({ fileName: 'crowd.csv' }));
  const prepare = (context: BrowserContext) => context.clock.install();
  const page = await api.open('/imports/1', { prepare });
  await page.getByText('Invitations are being sent.').waitFor();
  await page.clock.runFor(7_000);
  const note = page.getByRole('status').getByText('Live updates do not reach this page.');
  await note.getByText('nginx: proxy_buffering off').waitFor();
  // The import changes without an event.
  const tallies = [tally('pending', null, 1), tally('invited', 'returned', 2)];
  api.data.put(aRunning({ tallies }));
  await page.clock.runFor(5_000);
  await page.getByRole('heading', { name: '2 invited, 1 to go (67%)' }).waitFor();
  api.releaseEvents();
  await api.push(aRunning({ tallies: [tally('invited', 'returned', 3)] }));
  await page.getByRole('heading', { name: '3 invited, 0 to go (100%)' }).waitFor();
  expect(await note.count()).toBe(1);
  await page.clock.runFor(3_000);
  await api.push(aFinished());
  await note.waitFor({ state: 'detached' });
  await page.getByText('Finished in').waitFor();
});

test('the result of a retry is shown, and a retry is offered where it can help', async () => {
  await using api = await FakeApi.start();
  const tallies = [
    ...[tally('invited', 'returned', 2), tally('failed', 'user_not_found', 7)],
    ...[tally('failed', 'banned', 3), tally('cancelled', 'by_user', 5)],
  ];
  const lastRetry = { at: at(9, 3), reason: null, pairs: 19, invited: 2 };
  api.data.put(aFinished({ state: 'cancelled', tallies, lastRetry }));
  const page = await api.open('/imports/1');
  await page.getByText('Last retry: 2 of 19 invited now.').waitFor();
  const buttons = page.getByRole('button', { name: /^(Retry|Invite)/ });
  expect((await buttons.allTextContents()).toSorted()).toEqual([
    'Invite them now (5)',
    'Retry (3)',
  ]);
});
