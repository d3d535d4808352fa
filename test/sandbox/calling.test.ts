import { expect, test } from 'vitest';
import { openPortal, smallSeed } from './raw-client.ts';

test.each([
  ['JSON', 'profile', { method: 'POST', body: '{}' }],
  ['the suffix .json', 'profile.json', { method: 'POST', body: '{}' }],
  ['a form', 'profile', { method: 'POST', body: new URLSearchParams({ a: '1' }) }],
  ['the query', 'profile.json?a=1', {}],
  ['another case', 'Profile', {}],
])('answers a call by %s', async (_, method, init) => {
  const portal = await openPortal({ seed: smallSeed() });
  const answer = await portal.send(portal.path + method, init);
  expect(answer.status).toBe(200);
  expect(answer.type).toBe('application/json; charset=utf-8');
  expect(answer.json.result).toMatchObject({ ID: '1', NAME: 'Person', LAST_NAME: '1' });
});

test('reports the time of a call', async () => {
  const { call } = await openPortal({ seed: smallSeed(), inviteSeconds: 0.06 });
  // Date.now() moves when the machine's clock is set.
  const before = (performance.timeOrigin + performance.now()) / 1000;
  const answer = await call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [2, 3] });
  const { time } = answer.json;
  expect(Object.keys(time).sort()).toEqual([
    'date_finish',
    'date_start',
    'duration',
    'finish',
    'operating',
    'operating_reset_at',
    'processing',
    'start',
  ]);
  expect(time.start).toBeGreaterThanOrEqual(before - 0.001);
  expect(time.finish - time.start).toBeCloseTo(time.duration, 6);
  expect(time.duration).toBeGreaterThanOrEqual(0.115);
  expect(time.processing).toBeCloseTo(0.12, 6);
  expect(time.operating).toBeCloseTo(0.12, 6);
  expect(time.operating_reset_at).toBe(Math.floor(time.start + 600));
  expect(time.date_start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
});

test('reports whole seconds and no processing with coarse time', async () => {
  const { call } = await openPortal({ coarseTime: true });
  const { time } = (await call('profile')).json;
  expect(Number.isInteger(time.start)).toBe(true);
  expect(time.processing).toBe(0);
  expect(time.duration).toBeCloseTo(time.finish - time.start, 6);
});

test('a portal without times has none in any answer', async () => {
  const { call, batch } = await openPortal({ absent: ['time'] });
  expect(Object.keys((await call('profile')).json)).toEqual(['result']);
  const { json } = await batch({ a: 'profile' });
  expect(Object.keys(json)).toEqual(['result']);
  expect(json.result.result_time).toEqual([]);
});

test.each([
  ['another code', '/rest/1/wrong/profile', 401, 'INVALID_CREDENTIALS'],
  ['another user', '/rest/2/secret/profile', 401, 'INVALID_CREDENTIALS'],
  ['no code', '/rest/profile', 401, 'NO_AUTH_FOUND'],
  ['an unknown method', '/rest/1/secret/no.such.method', 404, 'ERROR_METHOD_NOT_FOUND'],
  ['an unknown method and code', '/rest/1/wrong/no.such', 404, 'ERROR_METHOD_NOT_FOUND'],
])('refuses %s', async (_, path, status, code) => {
  const { send } = await openPortal({ code: 'secret' });
  const answer = await send(path);
  expect(answer.status).toBe(status);
  expect(Object.keys(answer.json)).toEqual(['error', 'error_description']);
  expect(answer.json.error).toBe(code);
});

test('generates another code at each start', async () => {
  const [one, other] = [await openPortal(), await openPortal()];
  expect(one.sandbox.webhookUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/rest\/1\/[0-9a-f]{16}\/$/);
  expect(one.path).not.toBe(other.path);
});

test.each([
  ['sonet_group.user.invite', 'sonet_group'],
  ['sonet_group.user.get', 'sonet_group'],
  ['sonet_group.get', 'sonet_group'],
  ['socialnetwork.api.workgroup.get', 'socialnetwork'],
  ['socialnetwork.api.workgroup.list', 'socialnetwork'],
  ['socialnetwork.api.usertogroup.list', 'socialnetwork'],
  ['socialnetwork.api.usertogroup.cancelInvite', 'socialnetwork'],
  ['sonet_group.user.add', 'sonet_group'],
  ['sonet_group.user.update', 'sonet_group'],
  ['sonet_group.user.delete', 'sonet_group'],
  ['im.notify.personal.add', 'im'],
  ['user.get', 'user'],
  ['user.current', 'user'],
])('refuses %s without the scope %s', async (method, scope) => {
  const all = ['sonet_group', 'socialnetwork', 'user', 'im'];
  const { call, batch } = await openPortal({ scopes: all.filter((one) => one !== scope) });
  const alone = await call(method);
  expect(alone.status).toBe(401);
  expect(alone.json.error).toBe('insufficient_scope');
  const inside = await batch({ a: method });
  expect(inside.status).toBe(200);
  expect(inside.json.result.result_error).toEqual({
    a: { error: 'insufficient_scope', error_description: '' },
  });
});

test('reports the scopes', async () => {
  const { call } = await openPortal({ scopes: ['sonet_group', 'user_brief'] });
  expect((await call('scope')).json.result).toEqual(['sonet_group', 'user_brief']);
});

test('treats broken JSON as no parameters', async () => {
  const { send, path } = await openPortal();
  const answer = await send(`${path}sonet_group.user.invite`, {
    method: 'POST',
    body: '{"GROUP_ID":5',
  });
  expect(answer.json).toEqual({ error: '', error_description: 'Wrong group ID' });
});

test('accepts bodies of some megabytes only', async () => {
  const { send, path, truth } = await openPortal();
  const body = (size: number) => `a=${'x'.repeat(size)}`;
  expect((await send(`${path}profile`, { method: 'POST', body: body(3_000_000) })).status).toBe(
    200,
  );
  const large = send(`${path}profile`, { method: 'POST', body: body(5_000_000) });
  expect(await large.then((answer) => answer.status)).toBe(413);
  expect((await truth()).inFlight).toBe(0);
});

test('answers unknown paths with a page', async () => {
  const { send } = await openPortal();
  expect(await send('/')).toMatchObject({ status: 404, type: 'text/html' });
});
