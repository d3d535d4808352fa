import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Portal } from '../../../src/server/schemas/portal-schema.ts';
import { crowd, range, TestServer, VIEWER } from '../../support/server.ts';
import { freePort } from '../../support/services/free-port.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open();
});
afterAll(() => server[Symbol.asyncDispose]());

const portal = () => server.json<Portal>('/api/portal');

test('limits, the current budget and its history are returned', async () => {
  const { id } = await server.add(crowd([2], range(3, 22)));
  await server.post(`/api/imports/${id}/start`);
  await server.until(id, ({ state }) => state === 'finished');
  // Outcomes can be recorded before the budget has settled the seconds of their request.
  await expect
    .poll(async () => (await portal()).now)
    .toMatchObject({ inFlight: 0, secondsPerInvite: expect.any(Number) });
  const reported = await portal();
  expect(reported).toMatchObject({
    portal: server.app.client.webhook.portal,
    limits: {
      ...{ requestsPerSecond: 500, burst: 500, concurrency: 4 },
      ...{ operatingLimitSeconds: 480, operatingWindowSeconds: 600 },
      sources: { requestsPerSecond: 'setting', burst: 'setting', operatingLimitSeconds: 'plan' },
    },
    profile: {
      ...{ callerId: 1, isAdmin: false, plan: 'cloud', license: 'ru_basic', missingScopes: [] },
      scopes: ['sonet_group', 'socialnetwork', 'user', 'im'],
      methods: [
        { name: 'socialnetwork.api.usertogroup.list', available: true },
        { name: 'socialnetwork.api.usertogroup.cancelInvite', available: expect.any(Boolean) },
      ],
    },
    ...{ hold: null, lastErrors: [] },
  });
  expect(reported.now.secondsPerInvite).toBeGreaterThan(0.001);
  expect(reported.history.length).toBeGreaterThan(0);
});

const UNSET = { BITRIX24_BURST: '', BITRIX24_REQUESTS_PER_SECOND: '' };
const PLAN = { requestsPerSecond: 'plan', burst: 'plan', operatingLimitSeconds: 'plan' };

test.each([
  ['com_ent250', 'enterprise', { requestsPerSecond: 5, burst: 250, operatingLimitSeconds: 480 }],
  ['ru_selfhosted', 'box', { requestsPerSecond: null, burst: null, operatingLimitSeconds: null }],
])('a portal with the license %s has the limits of its plan', async (license, plan, limits) => {
  await using open = await TestServer.open({
    ...{ settings: UNSET, sandbox: { license, isAdmin: true }, worker: false },
  });
  const shown = () => open.json<Portal>('/api/portal');
  await expect
    .poll(shown)
    .toMatchObject({ profile: { plan, isAdmin: true }, limits: { ...limits, sources: PLAN } });
});

test('the server starts while the portal does not answer, with the usual limits', async () => {
  await using open = await TestServer.open({
    settings: { ...UNSET, BITRIX24_WEBHOOK_URL: `http://127.0.0.1:${await freePort()}/rest/1/x/` },
    worker: false,
  });
  const { profile, limits } = await open.json<Portal>('/api/portal');
  expect(profile).toBeNull();
  expect(limits).toMatchObject({
    ...{ requestsPerSecond: 2, burst: 50 },
    sources: { requestsPerSecond: 'default', burst: 'default' },
  });
});

test('a held portal is shown with its reason and remedy, and is tried at once on request', async () => {
  const { id } = await server.add(crowd([4], range(3, 22)));
  await server.setFaults({ kind: 'auth' });
  await server.post(`/api/imports/${id}/start`);
  const held = await server.until(id, ({ state }) => state === 'held');
  expect(held).toMatchObject({ waitingFor: 'hold', hold: { code: 'NO_AUTH_FOUND' } });
  expect(held.hold?.remedy).toContain('inbound webhook');
  expect(held.waitingUntil).toBe(held.hold?.nextTryAt);
  expect(held.outcomes.pending).toBe(20);
  const reported = await portal();
  expect(reported.hold).toMatchObject({ code: 'NO_AUTH_FOUND', tries: expect.any(Number) });
  expect(reported.lastErrors[0]).toMatchObject({ code: 'NO_AUTH_FOUND' });
  expect(JSON.stringify(reported)).not.toContain('/rest/');

  const refused = await server.request('/api/portal/try-now', { method: 'POST', token: VIEWER });
  expect(refused.status).toBe(403);
  await server.setFaults();
  expect((await server.post('/api/portal/try-now')).status).toBe(200);
  const ended = await server.until(id, ({ state }) => state === 'finished');
  expect(ended.outcomes.pending).toBe(0);
  expect((await portal()).hold).toBeNull();
});

test('a wait for the portal is shown with its end', async () => {
  await using slow = await TestServer.open({
    settings: { BITRIX24_OPERATING_LIMIT_SECONDS: '2', BITRIX24_OPERATING_WINDOW_SECONDS: '60' },
    sandbox: { inviteSeconds: 0.2, operatingLimitSeconds: 2, operatingWindowSeconds: 60 },
  });
  const { id } = await slow.add(crowd([2, 4], range(3, 50)));
  await slow.post(`/api/imports/${id}/start`);
  const began = Date.now();
  const waiting = await slow.until(id, ({ waitingFor }) => waitingFor === 'operating');
  const until = Date.parse(waiting.waitingUntil ?? '');
  // At most one window after the response, which came between the two times.
  expect(until).toBeGreaterThan(began);
  expect(until - Date.now()).toBeLessThan(61_000);
  // Nothing ends before the wait does. Without a check, the rest is known after some outcomes.
  const left = waiting.etaSeconds ?? Number.POSITIVE_INFINITY;
  expect(left * 1_000).toBeGreaterThan(until - Date.now() - 1_000);
});

test('a wait for the end of quiet hours is shown, and nothing is sent', async () => {
  const hour = (from: number) => `${(new Date().getUTCHours() + from) % 24}`.padStart(2, '0');
  const QUIET_HOURS = `${hour(23)}:00-${hour(3)}:00 UTC`;
  await using quiet = await TestServer.open({ settings: { QUIET_HOURS } });
  const { id } = await quiet.add(crowd([2], range(3, 6)));
  await quiet.post(`/api/imports/${id}/start`);
  const waiting = await quiet.until(id, ({ waitingFor }) => waitingFor === 'quiet_hours');
  const hours = (Date.parse(waiting.waitingUntil ?? '') - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(1.9);
  expect(hours).toBeLessThan(3.1);
  expect(waiting).toMatchObject({ state: 'running', inFlight: 0, outcomes: { pending: 4 } });
});

test('a group that cannot be read is shown with its error, and the others continue', async () => {
  const method = 'socialnetwork.api.workgroup.get';
  const { id } = await server.add(crowd([2, 4], range(40, 43)));
  await server.setFaults(
    { kind: 'command_error', method: 'sonet_group.user.invite', times: 1 },
    { kind: 'refuse', method },
  );
  await server.post(`/api/imports/${id}/start`);
  const waiting = await server.until(id, ({ waitingFor }) => waitingFor === 'groups');
  expect(waiting.outcomes).toMatchObject({ invited: 4, pending: 4 });
  const { first, ...all } = waiting.waitingGroups ?? { first: [] };
  expect(all).toEqual({ count: 1, pairs: 4 });
  expect(first).toMatchObject([{ step: 'read', code: 'ERROR_CORE', tries: expect.any(Number) }]);
  expect(waiting.waitingUntil).toBe(first[0]?.nextTryAt);
  await server.setFaults();
  const ended = await server.until(id, ({ state }) => state === 'finished');
  expect(ended).toMatchObject({ waitingGroups: null, waitingFor: null, waitingUntil: null });
});
