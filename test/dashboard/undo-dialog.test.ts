import { expect, test } from 'vitest';
import { problem } from '../../src/messages/problems.ts';
import { HttpProblem } from '../../src/server/http/http-problem.ts';
import { FakeApi } from './fake-api/fake-api.ts';
import { aFinished } from './fake-api/import-data.ts';
import { anOrder } from './fake-api/order-data.ts';

test('an undo is read first, confirmed by typing its number, and shows its result', async () => {
  await using api = await FakeApi.start();
  api.data.put(aFinished());
  const page = await api.open('/imports/1');
  await page.getByRole('button', { name: 'Withdraw invitations' }).click();
  const dialog = page.getByRole('dialog', { name: 'Withdraw pending invitations' });
  await dialog.getByText('Will be withdrawn: 41 invitations').waitFor();
  await dialog.getByText('Kept: 8 invitations').waitFor();
  await dialog.getByText('6 · they have joined since').waitFor();
  await dialog.getByText('Cannot be withdrawn: 1 invitation').waitFor();
  const start = dialog.getByRole('button', { name: 'Withdraw 41' });
  await dialog.getByLabel('Type 41 to confirm').fill('14');
  expect(await start.isDisabled()).toBe(true);
  await dialog.getByLabel('Type 41 to confirm').fill('41');
  await start.click();
  await dialog.getByText('Withdrawing: 0 of 41 are done.').waitFor();
  api.data.order = anOrder({
    ...{ state: 'finished', toDo: 0, startedAt: '2026-11-24T12:01:00.000Z' },
    results: [
      { result: 'done', reason: 'answered', count: 40, meaning: '' },
      { result: 'unknown', reason: 'no_answer', count: 1, meaning: '' },
    ],
  });
  await dialog.getByText('The withdrawal is finished.').waitFor();
  await dialog.getByText('Withdrawn: 40 invitations').waitFor();
  await dialog.getByText('1 · a request got no answer').waitFor();
  const sent = api.requests.find(({ name }) => name === 'POST /api/imports/:id/undo');
  expect(sent?.body).toEqual({ confirm: 41 });
});

test('the page says what cannot be excluded, and shows a number that has changed', async () => {
  await using api = await FakeApi.start();
  api.data.put(aFinished());
  const means = { method: 'delete', isAllowed: true, showsOrigin: false } as const;
  api.answer('POST /api/imports/:id/undo/preview', () => api.data.begin(anOrder({ means })));
  api.answer('POST /api/imports/:id/undo', () => {
    api.data.order = anOrder({ toDo: 40 });
    throw new HttpProblem('wrong_state', problem('order_number_wrong', { number: 41, count: 40 }));
  });
  const page = await api.open('/imports/1');
  await page.getByRole('button', { name: 'Withdraw invitations' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('a person who accepts at that moment').waitFor();
  await dialog.getByText('does not show who made an invitation').waitFor();
  await dialog.getByLabel('Type 41 to confirm').fill('41');
  await dialog.getByRole('button', { name: 'Withdraw 41' }).click();
  await dialog.getByText('41 was confirmed, but the number is 40 now.').waitFor();
  await dialog.getByLabel('Type 40 to confirm').waitFor();
});

test('a running undo is shown as it is, and can be stopped', async () => {
  await using api = await FakeApi.start();
  api.data.put(aFinished());
  api.data.order = anOrder({ state: 'running' });
  const page = await api.open('/imports/1');
  await page.getByRole('button', { name: 'Withdraw invitations' }).click();
  await page.getByText('Withdrawing: 0 of 41 are done.').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('The withdrawal was stopped.').waitFor();
  expect(api.requests.map(({ name }) => name)).not.toContain('POST /api/imports/:id/undo/preview');
});

test('a reminder is written, previewed, and confirmed by its number', async () => {
  await using api = await FakeApi.start();
  api.data.put(aFinished());
  const page = await api.open('/imports/1');
  await page.getByRole('button', { name: 'Send reminders' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remind people of their invitations' });
  await dialog.getByLabel('Text of the reminder').fill('Please answer your invitation.');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText('Will be reminded: 41 people').waitFor();
  await dialog.getByText('Please answer your invitation.').waitFor();
  await dialog.getByLabel('Type 41 to confirm').fill('41');
  await dialog.getByRole('button', { name: 'Remind 41' }).click();
  await dialog.getByText('Reminding: 0 of 41 are done.').waitFor();
});
