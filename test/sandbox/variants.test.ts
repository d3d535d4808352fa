import { describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { openPortal, smallSeed } from './raw-client.ts';

const INVITE = 'sonet_group.user.invite';

test.each([
  ['a system error', 'no.such.method'],
  ['an error of a method', INVITE],
])('%s has no time', async (_, method) => {
  const { call } = await openPortal({ seed: smallSeed() });
  expect(Object.keys((await call(method)).json)).toEqual(['error', 'error_description']);
});

describe('a body that is not valid JSON under application/json is dropped silently', () => {
  test.each([
    ['broken JSON', '{"GROUP_ID":5,"USER_ID":[2]'],
    ['a form', 'GROUP_ID=5&USER_ID=2'],
    ['a scalar', '5'],
  ])('%s', async (_, body) => {
    const { send, path } = await openPortal({ seed: smallSeed() });
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const answer = await send(path + INVITE, { method: 'POST', body, headers });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ error: '', error_description: 'Wrong group ID' });
  });
});

describe('the same errors of authorization are served as 401 and documented as 400 and 403', () => {
  test.each([400, 401, 403] as const)('%i', async (authErrorStatus) => {
    const options: Partial<SandboxOptions> = { authErrorStatus, scopes: [], seed: smallSeed() };
    const { call, send, control } = await openPortal(options);
    const statusOf = async (path: string) => (await send(path)).status;
    expect(await statusOf('/rest/1/wrong/profile')).toBe(authErrorStatus);
    expect(await statusOf('/rest/profile')).toBe(authErrorStatus);
    expect((await call(INVITE)).status).toBe(authErrorStatus);
    await control('faults', [{ kind: 'auth', times: 1 }]);
    expect((await call('profile')).status).toBe(authErrorStatus);
    expect((await call('no.such.method')).status).toBe(404);
  });
});

describe('the system errors', () => {
  test.each([
    ['QUERY_LIMIT_EXCEEDED', 503],
    ['OPERATION_TIME_LIMIT', 429],
    ['INTERNAL_SERVER_ERROR', 500],
    ['ERROR_UNEXPECTED_ANSWER', 500],
    ['OVERLOAD_LIMIT', 503],
    ['NO_AUTH_FOUND', 401],
    ['INVALID_CREDENTIALS', 401],
    ['authorization_error', 401],
    ['insufficient_scope', 401],
    ['user_access_error', 401],
    ['expired_token', 401],
    ['ACCESS_DENIED', 403],
    ['INVALID_REQUEST', 400],
    ['ERROR_METHOD_NOT_FOUND', 404],
    ['ERROR_BATCH_LENGTH_EXCEEDED', 400],
    ['ERROR_BATCH_METHOD_NOT_ALLOWED', 405],
    ['PORTAL_DELETED', 403],
  ])('%s is served as %i', async (code, status) => {
    const { call, control, truth } = await openPortal({ seed: smallSeed() });
    await control('faults', [{ kind: 'system_error', code, times: 1 }]);
    const pair = { GROUP_ID: 5, USER_ID: [2] };
    const answer = await call(INVITE, pair);
    expect({ status: answer.status, error: answer.json.error }).toEqual({ status, error: code });
    expect(answer.json).not.toHaveProperty('time');
    expect((await truth()).invitationsSent).toBe(0);
    expect((await call(INVITE, pair)).json.result).toEqual([2]);
  });

  test('can have another status and text: PORTAL_DELETED as documented, ACCESS_DENIED’s texts', async () => {
    const { call, control } = await openPortal();
    const description = 'REST is available only by subscription.';
    await control('faults', [
      { kind: 'system_error', code: 'PORTAL_DELETED', status: 500, times: 1 },
      { kind: 'system_error', code: 'ACCESS_DENIED', description, times: 1 },
    ]);
    expect(await call('scope')).toMatchObject({ status: 500, json: { error: 'PORTAL_DELETED' } });
    const denied = { error: 'ACCESS_DENIED', error_description: description };
    expect(await call('scope')).toMatchObject({ status: 403, json: denied });
    expect((await call('scope')).status).toBe(200);
  });

  test('come without Retry-After', async () => {
    const { sandbox } = await openPortal({ burst: 0, requestsPerSecond: 1 });
    const { status, headers } = await fetch(`${sandbox.webhookUrl}scope`);
    expect({ status, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      retryAfter: null,
    });
  });
});

test('the defaults are those of a small cloud portal', async () => {
  const { control } = await openPortal({ requestsPerSecond: 2 });
  expect(await control('limits')).toMatchObject({
    ...{ burst: 50, requestsPerSecond: 2, requestLimitSeconds: 60 },
    ...{ operatingLimitSeconds: 480, operatingWindowSeconds: 600, operatingFloorSeconds: 0.1 },
  });
});
