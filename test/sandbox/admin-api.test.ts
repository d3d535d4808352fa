import { expect, test } from 'vitest';
import { openPortal, smallSeed } from './raw-client.ts';

test('a new webhook code revokes the old one', async () => {
  const { send, sandbox, control, call } = await openPortal({ code: 'old' });
  await control('webhook', { code: 'new' });
  expect((await send('/rest/1/old/scope')).json.error).toBe('INVALID_CREDENTIALS');
  expect((await send('/rest/1/new/scope')).status).toBe(200);
  expect(sandbox.webhookUrl).toMatch(/\/rest\/1\/new\/$/);
  expect((await call('scope')).status).toBe(200);
});

test('relations can be set and removed', async () => {
  const { control, call, truth } = await openPortal({ seed: smallSeed() });
  await control('relations', [
    { groupId: 5, userId: 2, role: 'T' },
    { groupId: 5, userId: 3, role: 'Z', initiatedBy: 'U' },
    { groupId: 6, userId: 4, role: null },
  ]);
  const { relations } = await truth();
  expect(relations).toContainEqual({ groupId: 5, userId: 2, role: 'T', initiatedBy: null });
  expect(relations).toContainEqual({ groupId: 5, userId: 3, role: 'Z', initiatedBy: 'U' });
  const inviteAll = (groupId: number) =>
    call('sonet_group.user.invite', { GROUP_ID: groupId, USER_ID: [2, 3, 4] });
  expect((await inviteAll(5)).json.result).toEqual([4]);
  expect((await inviteAll(6)).json.result).toEqual([4]);
});

test('limits can be changed, null standing for none', async () => {
  const { control, call } = await openPortal({ burst: 1, requestsPerSecond: 0.001 });
  expect((await call('scope')).status).toBe(200);
  expect((await call('scope')).status).toBe(503);
  const limits = await control('limits', { requestsPerSecond: null, inviteSeconds: 0.5 });
  expect(limits).toMatchObject({ requestsPerSecond: null, inviteSeconds: 0.5, burst: 1 });
  expect((await call('scope')).status).toBe(200);
  expect(await control('limits')).toEqual(limits);
});

test.each([
  ['an unknown fault', 'faults', [{ kind: 'fire' }], 'kind'],
  ['a fault that is not a list', 'faults', { kind: 'slow' }, 'a list'],
  ['an unknown limit', 'limits', { bursts: 1 }, 'bursts'],
  ['a limit that is text', 'limits', { burst: 'x' }, 'burst'],
  ['an unknown role', 'relations', [{ groupId: 5, userId: 2, role: 'X' }], 'role'],
  ['an unknown group', 'relations', [{ groupId: 99, userId: 2, role: 'K' }], '99'],
  ['a gate with a text', 'gate/open', { requests: 'x' }, 'requests'],
  ['an invalid code', 'webhook', { code: 'a/b' }, 'code'],
])('refuses %s', async (_, path, order, word) => {
  const { send } = await openPortal({ seed: smallSeed() });
  const answer = await send(`/sandbox/${path}`, { method: 'POST', body: JSON.stringify(order) });
  expect(answer.status).toBe(400);
  expect(answer.json.error).toContain(word);
});

test('has no other paths, and rejects broken JSON', async () => {
  const { send } = await openPortal();
  expect((await send('/sandbox/nothing')).status).toBe(404);
  expect((await send('/sandbox/faults', { method: 'POST', body: '{' })).status).toBe(400);
});

test('is outside of limits and faults, and not counted', async () => {
  const { control, truth, call } = await openPortal({ burst: 1, requestsPerSecond: 0.001 });
  await control('faults', [{ kind: 'html_502' }]);
  for (let step = 0; step < 20; step += 1) await truth();
  expect(await truth()).toMatchObject({ requests: 0, maxConcurrent: 0, failures: [] });
  expect((await call('scope')).status).toBe(502);
  expect(await truth()).toMatchObject({ requests: 1, maxConcurrent: 1, failures: [] });
});

test('the truth counts calls, including those in batches', async () => {
  const { call, batch, truth } = await openPortal({ seed: smallSeed() });
  await call('scope');
  await batch({ a: 'scope', b: 'profile' });
  expect((await truth()).calls).toEqual({ scope: 2, profile: 1, batch: 1 });
});
