import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Webhook } from '../../../src/portal/http/webhook.ts';
import { CANCEL_INVITE, USER_TO_GROUP_LIST } from '../../../src/portal/methods/user-to-group.ts';
import {
  type ProfileAnswers,
  profileOf,
  unknownProfile,
} from '../../../src/portal/profile/portal-profile.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox-options.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { openBudget, openClient } from '../open-client.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.dispose());

async function open(options: Partial<SandboxOptions> = {}, clock?: ManualClock) {
  const portal = await openPortal({ seed: smallSeed(), ...options });
  const budget = openBudget(redis.redis);
  const client = openClient(portal.sandbox.webhookUrl, budget, clock && { clock });
  return { ...portal, client, budget };
}

const KNOWN = {
  callerId: 1,
  callerName: expect.any(String),
  isAdmin: false,
  scopes: new Set(['sonet_group', 'socialnetwork', 'user', 'im']),
  plan: 'cloud',
  license: 'ru_basic',
  methods: { [USER_TO_GROUP_LIST]: true, [CANCEL_INVITE]: expect.any(Boolean) },
  clockOffsetSeconds: expect.closeTo(0, 1),
};

describe('the profile of a portal', () => {
  test('is read in one request', async () => {
    const { client, truth } = await open();
    expect(await client.profile.read()).toEqual({ ok: true, profile: KNOWN });
    expect((await truth()).requests).toBe(1);
  });

  test.each<[Partial<SandboxOptions>, object]>([
    [
      { isAdmin: true, license: 'com_ent250' },
      { isAdmin: true, plan: 'enterprise' },
    ],
    [{ license: 'ru_selfhosted' }, { plan: 'box' }],
    [{ clockSkewSeconds: 90 }, { clockOffsetSeconds: expect.closeTo(90, 0) }],
    [{ clockSkewSeconds: -90 }, { clockOffsetSeconds: expect.closeTo(-90, 0) }],
    [
      { absent: ['profile'], isAdmin: true },
      { callerName: undefined, isAdmin: true },
    ],
    [{ absent: ['user.admin'], isAdmin: true }, { isAdmin: true }],
    [{ absent: ['profile', 'user.admin'] }, { callerName: undefined, isAdmin: undefined }],
    [{ absent: ['scope'] }, { scopes: undefined }],
    [{ absent: ['app.info'] }, { plan: 'unknown', license: undefined }],
    [{ absent: ['server.time'] }, {}],
    [
      { absent: ['method.get'] },
      { methods: { [USER_TO_GROUP_LIST]: false, [CANCEL_INVITE]: false } },
    ],
    [
      { scopes: ['sonet_group'] },
      {
        scopes: new Set(['sonet_group']),
        methods: { [USER_TO_GROUP_LIST]: false, [CANCEL_INVITE]: false },
      },
    ],
  ])('with %j', async (options, found) => {
    const { client } = await open(options);
    const read = await client.profile.read();
    expect(read).toEqual({
      ok: true,
      profile: { ...KNOWN, license: options.license ?? 'ru_basic', ...found },
    });
  });
});

describe('the answers', () => {
  const failed = { ok: false, failure: { kind: 'refused', code: 'X', description: '' } } as const;
  const ok = (result: unknown) => ({ ok: true, result }) as const;
  const NONE: ProfileAnswers = {
    ...{ account: failed, admin: failed, scopes: failed, plan: failed, serverTime: failed },
    methods: { [USER_TO_GROUP_LIST]: failed, [CANCEL_INVITE]: failed },
    ...{ before: 1_000, after: 1_010 },
  };
  const webhook = Webhook.parse('https://example.bitrix24.com/rest/1/s3cret/');
  if (!(webhook instanceof Webhook)) throw new Error(webhook);
  const read = (answers: Partial<ProfileAnswers>) => profileOf({ ...NONE, ...answers }, webhook);

  test('may all be missing', () => {
    expect(read({})).toEqual({
      ...{ callerId: 1, callerName: undefined, isAdmin: undefined, scopes: undefined },
      ...{ plan: 'unknown', license: undefined, clockOffsetSeconds: undefined },
      methods: { [USER_TO_GROUP_LIST]: undefined, [CANCEL_INVITE]: undefined },
    });
  });

  test('never show the webhook’s code', () => {
    const profile = read({
      account: ok({ ID: '7', NAME: 'Anna', LAST_NAME: 's3cret\u0007' }),
      plan: ok({ LICENSE: 's3cret' }),
      scopes: ok(['user', 's3cret']),
    });
    expect(profile).toMatchObject({ callerId: 7, callerName: 'Anna ***', license: '***' });
    expect(profile.scopes).toEqual(new Set(['user', '***']));
  });

  const ALL: ProfileAnswers = {
    account: ok({ ID: '1', NAME: 'Anna', ADMIN: true }),
    admin: ok(true),
    scopes: ok(['sonet_group']),
    plan: ok({ LICENSE: 'com_ent250' }),
    serverTime: ok('1970-01-01T00:17:30+00:00'),
    methods: {
      [USER_TO_GROUP_LIST]: ok({ isExisting: true, isAvailable: true }),
      [CANCEL_INVITE]: ok({ isExisting: true, isAvailable: false }),
    },
    ...{ before: 1_000, after: 1_010 },
  };
  const known = profileOf(ALL, webhook);
  const absent = {
    ok: false,
    failure: { kind: 'held', code: 'ERROR_METHOD_NOT_FOUND', description: '' },
  } as const;

  test('that are missing leave what was known before', () => {
    expect(profileOf(NONE, webhook, known)).toEqual(known);
    expect(profileOf({ ...ALL, plan: failed, admin: failed }, webhook, known)).toEqual(known);
    const account = ok({ ID: '1', NAME: 'Anna' });
    expect(profileOf({ ...NONE, account }, webhook, known)).toEqual(known);
  });

  test('of methods that the portal lacks do not', () => {
    const none = { [USER_TO_GROUP_LIST]: absent, [CANCEL_INVITE]: absent };
    const calls = { account: absent, admin: absent, scopes: absent, plan: absent };
    const answers = { ...NONE, ...calls, serverTime: absent, methods: none };
    expect(profileOf(answers, webhook, known)).toEqual({
      ...unknownProfile(webhook.callerId),
      methods: { [USER_TO_GROUP_LIST]: false, [CANCEL_INVITE]: false },
    });
    const now = profileOf({ ...ALL, account: absent, admin: ok(false) }, webhook, known);
    expect(now).toMatchObject({ isAdmin: false, callerName: undefined });
  });

  test.each([
    ['1970-01-01T00:16:45+00:00', 0],
    ['1970-01-01T00:17:30+00:00', 40],
    ['1970-01-01T03:16:00+03:00', -40],
    ['yesterday', undefined],
  ])('of a portal that reports no times, at %s by its clock: %s', (at, seconds) => {
    expect(read({ serverTime: ok(at) }).clockOffsetSeconds).toBe(seconds);
  });

  test.each([
    [true, true],
    ['1', true],
    [false, false],
    ['', false],
    [[], undefined],
    [null, undefined],
  ])('of user.admin, %j: %s', (result, isAdmin) => {
    expect(read({ admin: ok(result) }).isAdmin).toBe(isAdmin);
  });
});

describe('a profile that was read', () => {
  test('is used for ten minutes, then it is read again', async () => {
    const clock = new ManualClock();
    const { client, truth } = await open({}, clock);
    expect(client.profile.latest.plan).toBe('unknown');
    await Promise.all([client.profile.get(), client.profile.get()]);
    expect((await client.profile.get()).plan).toBe('cloud');
    expect((await truth()).requests).toBe(1);
    clock.pass(600_000);
    await client.profile.get();
    expect((await truth()).requests).toBe(2);
  });

  test('is read again when it has expired, and kept when the portal does not answer', async () => {
    const clock = new ManualClock();
    const { client, control, truth } = await open({ isAdmin: true }, clock);
    await client.profile.get();
    await control('faults', [{ kind: 'auth' }]);
    client.profile.expire();
    expect(await client.profile.get()).toMatchObject({ isAdmin: true });
    const { requests } = await truth();
    // A portal that refuses is not asked at every use.
    await client.profile.get();
    expect((await truth()).requests).toBe(requests);
    expect(await client.profile.read()).toMatchObject({
      ...{ ok: false, failure: { kind: 'held', code: 'NO_AUTH_FOUND' } },
    });
  });

  test('keeps a value that was not answered, and is soon read again', async () => {
    const clock = new ManualClock();
    const { client, control, truth } = await open({ isAdmin: true }, clock);
    const known = await client.profile.get();
    await control('faults', [{ kind: 'refuse', method: 'app.info' }]);
    client.profile.expire();
    for (const [pauseMs, requests] of [
      [0, 2],
      [9_999, 2],
      [1, 3],
      [19_999, 3],
      [1, 4],
      [600_000, 5],
    ] as const) {
      clock.pass(pauseMs);
      expect(await client.profile.get()).toEqual({
        ...known,
        clockOffsetSeconds: expect.any(Number),
      });
      expect((await truth()).requests).toBe(requests);
    }
  });

  test('waits for a slot only where no person waits for it', async () => {
    const { client, budget, truth } = await open();
    const never = new AbortController().signal;
    for (const id of ['a', 'b', 'c', 'd']) await budget.enter(id, 600_000, never);
    const ofWorker = client.profile.read({ withSlot: true });
    expect(await client.profile.read()).toMatchObject({ ok: true });
    expect((await truth()).requests).toBe(1);
    await budget.release('a');
    expect(await ofWorker).toMatchObject({ ok: true });
    expect((await truth()).requests).toBe(2);
  });

  test('is not waited for after an abort, and close ends a reading that has no answer', async () => {
    const { client, control, sandbox } = await open();
    await control('faults', [{ kind: 'gate' }]);
    const ending = new AbortController();
    const getting = client.profile.get(ending.signal);
    await sandbox.until(({ atGate }) => atGate === 1, AbortSignal.timeout(60_000));
    ending.abort();
    expect(await getting).toMatchObject({ plan: 'unknown' });
    const reading = client.profile.read();
    await client.profile.close();
    expect(await reading).toMatchObject({ ok: false });
  });
});
