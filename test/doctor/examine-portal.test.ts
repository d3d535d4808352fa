import { once } from 'node:events';
import { createServer } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { networkSettings } from '../../src/config/network-settings.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { soundSettings } from '../../src/doctor/doctor-settings.ts';
import { examinePortal } from '../../src/doctor/examine-portal.ts';
import { queryPortal } from '../../src/doctor/query-portal.ts';
import { groupId } from '../../src/domain/pairs/ids.ts';
import { SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import { HttpAgents } from '../../src/platform/network/http-agents.ts';
import { Webhook } from '../../src/portal/http/webhook.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { defaultSeed } from '../../src/sandbox/state/seed.ts';
import type { Truth } from '../../src/sandbox/truth.ts';
import { selfSigned } from '../portal/certificate.ts';
import { startRedis, type TestRedis } from '../support/redis/redis.ts';
import { orderSandbox } from '../support/sandbox-order.ts';
import { freePort } from '../support/services/free-port.ts';
import { examined } from './examined.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.dispose());

const { groups } = defaultSeed();
const idOf = (wanted: (group: (typeof groups)[number]) => boolean) => {
  const id = groupId(groups.find(wanted)?.id ?? 0);
  if (id === undefined) throw new Error('The seed has no such group.');
  return id;
};
const OPEN = idOf(({ visible, callerMayInvite }) => visible && callerMayInvite);
const CLOSED = idOf(({ visible, callerMayInvite }) => visible && !callerMayInvite);
const HIDDEN = idOf(({ visible }) => !visible);

interface Given {
  group?: ReturnType<typeof groupId>;
  /** @default there is one */
  hasRedis?: boolean;
}

const examineWebhook = (url: string | undefined, { group, hasRedis = true }: Given = {}) =>
  examined((examination) =>
    examinePortal(examination, soundSettings(readConfig({ BITRIX24_WEBHOOK_URL: url }, '')), {
      redis: hasRedis
        ? { redis: redis.redis, shown: 'x', [Symbol.asyncDispose]: async () => {} }
        : undefined,
      ...{ network: networkSettings({}), groupId: group, clock: SYSTEM_CLOCK },
    }),
  );

async function examine(options: Partial<SandboxOptions>, given: Given = {}) {
  const sandbox = await startSandbox(options);
  try {
    return await examineWebhook(sandbox.webhookUrl, given);
  } finally {
    await sandbox.close();
  }
}

const SOUND = {
  webhook: 'webhook_answers',
  certificate: 'certificate_unneeded',
  portal_clock: 'clock_agrees',
  scope_sonet_group: 'scope_there',
  scope_socialnetwork: 'scope_there',
  scope_user: 'scope_there',
  caller: 'caller_person',
  plan: 'plan_followed',
  relations: 'relations_dated',
  group: 'group_not_named',
};

test.each([true, false])(
  'a portal gets everything in one request, with a Redis: %s',
  async (hasRedis) => {
    const sandbox = await startSandbox();
    try {
      const given = { group: OPEN, hasRedis };
      expect(await examineWebhook(sandbox.webhookUrl, given)).toEqual({
        ...{ ...SOUND, group: 'group_open' },
      });
      const truth: Truth = JSON.parse(
        await (await fetch(`${sandbox.origin}/sandbox/truth`)).text(),
      );
      expect(truth).toMatchObject({ requests: 1, invitationsSent: 0 });
    } finally {
      await sandbox.close();
    }
  },
);

test.each<[options: Partial<SandboxOptions>, given: Given, found: Partial<typeof SOUND>]>([
  [{ isAdmin: true, license: 'com_ent250' }, {}, { caller: 'caller_admin', plan: 'plan_followed' }],
  [{ license: 'ru_selfhosted' }, {}, { plan: 'plan_own_server' }],
  [{ absent: ['app.info'] }, {}, { plan: 'plan_not_known' }],
  [{ absent: ['profile'] }, {}, { caller: 'caller_person' }],
  [{ absent: ['profile', 'user.admin'] }, {}, { caller: 'caller_not_known' }],
  [{ absent: ['method.get'] }, {}, { relations: 'relations_not_dated' }],
  [{ absent: ['socialnetwork.api.usertogroup.list'] }, {}, { relations: 'relations_not_dated' }],
  [{ clockSkewSeconds: 90 }, {}, { portal_clock: 'clock_ahead' }],
  [{ clockSkewSeconds: -90 }, {}, { portal_clock: 'clock_behind' }],
  [{}, { group: CLOSED }, { group: 'group_closed' }],
  [{}, { group: HIDDEN }, { group: 'group_invisible' }],
  [{ isAdmin: true }, { group: CLOSED }, { caller: 'caller_admin', group: 'group_open_to_admin' }],
  [
    { scopes: ['user_brief'] },
    { group: OPEN },
    {
      ...{ scope_sonet_group: 'scope_invite_missing', scope_user: 'scope_people_brief' },
      ...{ scope_socialnetwork: 'scope_groups_missing' },
      ...{ relations: 'not_checked', group: 'not_checked' },
    },
  ],
])('a portal with %o, checked with %o', async (options, given, found) => {
  expect(await examine(options, given)).toEqual({ ...SOUND, ...found });
});

const ALL_SKIPPED = Object.fromEntries(Object.keys(SOUND).map((check) => [check, 'not_checked']));

test('the other checks are skipped for a portal that refuses the webhook or does not answer', async () => {
  const sandbox = await startSandbox();
  try {
    await orderSandbox(sandbox, 'faults', [{ kind: 'auth' }]);
    expect(await examineWebhook(sandbox.webhookUrl)).toEqual({
      ...{ ...ALL_SKIPPED, webhook: 'problem', certificate: 'certificate_unneeded' },
    });
  } finally {
    await sandbox.close();
  }
  const missing = `http://127.0.0.1:${await freePort()}/rest/1/secret/`;
  expect(await examineWebhook(missing, { hasRedis: false })).toMatchObject({
    ...{ webhook: 'problem', group: 'not_checked' },
  });
  expect(await examineWebhook(undefined)).toEqual({ ...ALL_SKIPPED, webhook: 'webhook_missing' });
});

test('a proxy that cannot be reached is named, as in an import', async () => {
  const webhook = Webhook.parse('https://portal.corp.test/rest/1/secret/');
  if (!(webhook instanceof Webhook)) throw new Error(webhook);
  const dead = `127.0.0.1:${await freePort()}`;
  const config = readConfig({ HTTPS_PROXY: `ann:pa55@${dead}` }, '');
  const agents = new HttpAgents(config.proxies);
  const where = { webhook, redis: undefined, groupId: undefined, clock: SYSTEM_CLOCK };
  expect(await queryPortal({ ...where, limits: config, agents })).toMatchObject({
    failure: {
      ...{ kind: 'not_sent', code: 'PROXY_UNREACHABLE' },
      description: `the proxy ${dead} cannot be reached: connect ECONNREFUSED ${dead}`,
    },
  });
});

test('an untrusted certificate is reported, and so is the end of a trusted one', async () => {
  const certificate = selfSigned('20991231235959Z');
  const server = createServer(certificate, (_, response) =>
    response.end('{"result":{"result":{}}}'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const trusted = getCACertificates();
  try {
    const url = `https://127.0.0.1:${port}/rest/1/secret/`;
    const found = await examineWebhook(url, { hasRedis: false });
    expect(found).toEqual({
      ...{ ...ALL_SKIPPED, webhook: 'problem', certificate: 'certificate_refused' },
    });
    setDefaultCACertificates([...trusted, certificate.cert]);
    const ends = await examineWebhook(url, { hasRedis: false });
    expect(ends).toMatchObject({ webhook: 'webhook_answers', certificate: 'certificate_valid' });
  } finally {
    setDefaultCACertificates(trusted);
    server.closeAllConnections();
    server.close();
  }
});
