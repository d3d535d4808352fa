import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/doctor/doctor-report.ts';
import { DoctorReport } from '../../src/server/schemas/doctor-schema.ts';
import { startHarnessRedis } from '../e2e/redis/redis-server.ts';
import { openHarness, PRIVATE_REDIS, type ProgramHarness } from '../support/program-harness.ts';
import { freePort } from '../support/services/free-port.ts';

const SECRETS = {
  webhook: 'Zx81-n0b0dy-may-see-me',
  redis: 'redis-s3cret/+',
  ledger: 'ledger-s3cret/+',
  proxy: 'proxy-s3cret',
  notify: 'notify-s3cret-in-the-path',
  signing: 'signing-s3cret-of-the-news',
  admin: 'admin-s3cret-token',
  viewer: 'viewer-s3cret-token',
};
const encoded = encodeURIComponent;

/** Expects that pasted output contains no secrets and no personal names. */
function expectNoSecret(text: string): void {
  for (const secret of Object.values(SECRETS)) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encoded(secret));
  }
  // Names of users on the portal.
  expect(text).not.toMatch(/northwind\.example|Anna|NAME/);
}

const SETTINGS = {
  ADMIN_TOKEN: SECRETS.admin,
  VIEWER_TOKEN: SECRETS.viewer,
  NOTIFY_URL: `https://example.com/${SECRETS.notify}`,
  NOTIFY_SECRET: SECRETS.signing,
  HTTPS_PROXY: `http://anna:${SECRETS.proxy}@proxy.example:3128`,
  BITRIX24_BURST: '50',
  BITRIX24_REQUESTS_PER_SECOND: '2',
};

function makeDataDir({ folder }: ProgramHarness): void {
  mkdirSync(join(folder, 'data'), { mode: 0o700 });
  chmodSync(join(folder, 'data'), 0o700);
}

const reportOf = (stdout: string): Report => DoctorReport.parse(JSON.parse(stdout)) as Report;
const codesOf = ({ results }: Report) =>
  Object.fromEntries(results.map(({ check, code }) => [check, code]));

test('reports a sound set-up as text and as JSON, without secrets', async () => {
  await using harness = await openHarness(
    { code: SECRETS.webhook },
    { ...SETTINGS, ...PRIVATE_REDIS },
  );
  makeDataDir(harness);
  const { program } = harness;
  const inWords = await program.callInProcess('doctor', '--group', '2');
  expect(inWords.stdout).toMatch(/^ok +Webhook +127\.0\.0\.1:\d+ answers\.$/m);
  expect(inWords.stdout).toMatch(/^ok +Group +.*may invite into group 2\.$/m);
  expect(inWords.stdout).toMatch(/\n\d+ (with a warning|ok).*\.\n$/);
  expect(inWords.code).toBe(0);
  const asJson = await program.call('doctor', '--json');
  expect(asJson).toMatchObject({ code: 0, stderr: '' });
  const report = reportOf(asJson.stdout);
  expect(report.sound).toBe(true);
  expect(codesOf(report)).toMatchObject({
    ...{ settings: 'settings_read', data_dir: 'data_dir_usable', ledger: 'ledger_none' },
    ...{ redis: 'redis_answers', webhook: 'webhook_answers', group: 'group_not_named' },
  });
  expectNoSecret(inWords.stdout + inWords.stderr + asJson.stdout);
});

test('continues after failed checks and shows no secrets', async () => {
  await using harness = await openHarness({ code: SECRETS.webhook });
  await using server = await startHarnessRedis(harness.folder, '--requirepass', 'another');
  const port = await freePort();
  const failing = harness.program.with({
    ...SETTINGS,
    REDIS_URL: server.url.replace('//', `//:${encoded(SECRETS.redis)}@`),
    LEDGER_URL: `postgres://anna:${encoded(SECRETS.ledger)}@127.0.0.1:${port}/ledger`,
  });
  const { code, stdout, stderr } = await failing.call('doctor', '--json');
  expect(code).toBe(1);
  expect(codesOf(reportOf(stdout))).toMatchObject({
    ...{ ledger: 'problem', ledger_rights: 'not_checked' },
    ...{ redis: 'problem', redis_rights: 'not_checked' },
    ...{ webhook: 'webhook_answers', scope_user: 'scope_there' },
  });
  await harness.order('webhook', { code: 'another' });
  const refused = await failing.call('doctor');
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/^failed +Webhook +/m);
  expectNoSecret(stdout + stderr + refused.stdout + refused.stderr);
});

test('reports invalid settings and checks the others', async () => {
  await using harness = await openHarness({}, PRIVATE_REDIS);
  makeDataDir(harness);
  const wrong = harness.program.with({
    ...{ PORT: 'none', REDIS_URL: `http://:${SECRETS.redis}@host` },
    VIEWER_TOKEN_FILE: join(harness.folder, 'none'),
  });
  const { code, stdout } = await wrong.call('doctor', '--json');
  expect(code).toBe(1);
  const report = reportOf(stdout);
  const reported = report.results.filter(({ check }) => check === 'settings');
  expect(reported.map(({ found }) => found).join(' ')).toMatch(
    /VIEWER_TOKEN_FILE names .*REDIS_URL must .*PORT must be /,
  );
  expect(codesOf(report)).toMatchObject({
    ...{ redis_server: 'not_checked', redis: 'not_checked' },
    ...{ ledger: 'ledger_none', webhook: 'webhook_answers' },
  });
  expectNoSecret(stdout);
  const named = await harness.program.call('doctor', '--group', 'Sales');
  expect(named.stderr).toContain('It must be a group ID.');
});
