import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { checkAuthorities } from '../../src/doctor/checks/authorities-check.ts';
import { checkCertificate } from '../../src/doctor/checks/certificate-check.ts';
import { checkClock } from '../../src/doctor/checks/clock-check.ts';
import { checkDataDir, judgeDataDir } from '../../src/doctor/checks/data-dir-check.ts';
import { checkDisk } from '../../src/doctor/checks/disk-check.ts';
import { checkDrive } from '../../src/doctor/checks/drive-check.ts';
import { checkGroup } from '../../src/doctor/checks/group-check.ts';
import { checkNodeVersion } from '../../src/doctor/checks/node-version-check.ts';
import { checkPlan } from '../../src/doctor/checks/plan-check.ts';
import { checkProxy } from '../../src/doctor/checks/proxy-check.ts';
import { checkRelations } from '../../src/doctor/checks/relations-check.ts';
import {
  checkGroupsScope,
  checkInviteScope,
  checkPeopleScope,
} from '../../src/doctor/checks/scopes-check.ts';
import { readSettings } from '../../src/doctor/doctor-settings.ts';
import { homeFolder } from '../../src/doctor/home-folder.ts';
import { redactor } from '../../src/doctor/redact.ts';
import type { GroupId } from '../../src/domain/pairs/ids.ts';
import { describeFinding, FINDINGS, type SetUpFinding } from '../../src/messages/findings.ts';
import type { CallResult } from '../../src/portal/http/batch.ts';
import type { PortalFailure } from '../../src/portal/http/failure.ts';
import { selfSigned } from '../portal/certificate.ts';

test.each([
  ['24.5.0', 'node_fits'],
  ['24.12.1', 'node_fits'],
  ['26.0.0', 'node_fits'],
  ['24.4.9', 'node_too_old'],
  ['22.19.0', 'node_too_old'],
])('Node.js %s: %s', (version, code) => {
  expect(checkNodeVersion(version).code).toBe(code);
});

const PROXY = 'http://user:pa55@proxy.corp.test:3128';
const PORTAL = new URL('https://portal.example');

test.each<[environment: Record<string, string>, target: URL | undefined, code: string]>([
  [{}, PORTAL, 'proxy_none'],
  [{ HTTP_PROXY: PROXY }, PORTAL, 'proxy_none'],
  [{ HTTPS_PROXY: PROXY }, PORTAL, 'proxy_used'],
  [{ https_proxy: PROXY }, PORTAL, 'proxy_used'],
  [{ HTTPS_PROXY: PROXY }, undefined, 'proxy_used'],
  [{ HTTPS_PROXY: PROXY, NO_PROXY: 'portal.example' }, PORTAL, 'proxy_bypassed'],
  [{ HTTPS_PROXY: PROXY, NO_PROXY: 'other.example' }, PORTAL, 'proxy_used'],
  [{ HTTP_PROXY: PROXY }, new URL('http://127.0.0.1:81'), 'proxy_unneeded'],
])('a proxy of %o for %s: %s', (environment, target, code) => {
  const found = checkProxy(readConfig(environment, '').proxies, target);
  expect(found.code).toBe(code);
  expect(JSON.stringify(found)).not.toContain('pa55');
});

const FOLDER = { isFolder: true, uid: 1_000, mode: 0o40700, isWritable: true };

test.each<[facts: Partial<typeof FOLDER>, self: number | undefined, code: string]>([
  [{}, 1_000, 'data_dir_usable'],
  [{ isFolder: false }, 1_000, 'data_dir_no_folder'],
  [{ isWritable: false }, 1_000, 'data_dir_unwritable'],
  [{ mode: 0o40755 }, 1_000, 'data_dir_open'],
  [{ mode: 0o40720 }, 1_000, 'data_dir_open'],
  [{ uid: 0 }, 1_000, 'data_dir_foreign'],
  [{ uid: 1_000 }, 0, 'data_dir_foreign'],
  [{ mode: 0o40777 }, undefined, 'data_dir_usable'],
])('a DATA_DIR of %o for user %s: %s', (facts, self, code) => {
  expect(judgeDataDir('/srv/data', { ...FOLDER, ...facts }, self).code).toBe(code);
});

test('the state of a DATA_DIR on the disk is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'set-up-'));
  try {
    const own = join(folder, 'own');
    mkdirSync(own, { mode: 0o700 });
    writeFileSync(join(folder, 'file'), '');
    const codeOf = (path: string) => checkDataDir(path, process.getuid?.()).code;
    expect(codeOf(own)).toBe('data_dir_usable');
    expect(codeOf(join(folder, 'none/below'))).toBe('data_dir_new');
    expect(codeOf(join(folder, 'file'))).toBe('data_dir_no_folder');
    expect(codeOf(join(folder, 'file/below'))).toBe('data_dir_hidden');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.skipIf(process.getuid?.() === 0)('a DATA_DIR that cannot be created is reported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'set-up-'));
  try {
    chmodSync(folder, 0o500);
    expect(checkDataDir(join(folder, 'none'), process.getuid?.()).code).toBe('data_dir_impossible');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  [99e6, 'disk_full'],
  [999e6, 'disk_low'],
  [1e9, 'disk_roomy'],
])('%d free bytes: %s', (bytes, code) => {
  expect(checkDisk(bytes).code).toBe(code);
});

test('much free space is reported in GB, little in MB', () => {
  expect(checkDisk(1_234.9e9).params).toEqual({ gigabytes: 1_234 });
  expect(checkDisk(512.9e6).params).toEqual({ megabytes: 512 });
});

test.each<[type: number, platform: NodeJS.Platform, code: string]>([
  [0xef53, 'linux', 'drive_local'],
  [0x6969, 'linux', 'drive_network'],
  [0xff534d42, 'linux', 'drive_network'],
  [0xff534d42 | 0, 'linux', 'drive_network'],
  [0x65735546, 'linux', 'drive_fuse'],
  [0x01021994, 'linux', 'drive_memory'],
  [1, 'linux', 'drive_unknown'],
  [0x6969, 'darwin', 'drive_unknown'],
])('a file system of type %d on %s: %s', (type, platform, code) => {
  expect(checkDrive(type, platform).code).toBe(code);
});

test.each([
  [1_000, 'clock_agrees', 1],
  [1_035, 'clock_agrees', 25],
  [1_041, 'clock_ahead', 31],
  [969, 'clock_behind', 31],
  [971, 'clock_agrees', 29],
])('a clock at %d, read from 1000 to 1010: %s by %d s', (there, code, seconds) => {
  expect(checkClock({ there, before: 1_000, after: 1_010 })).toEqual({ code, params: { seconds } });
});

const set = (...scopes: string[]) => new Set(scopes);

test.each<[scopes: ReadonlySet<string> | undefined, codes: string[]]>([
  [undefined, ['scopes_not_known', 'scopes_not_known', 'scopes_not_known']],
  [set(), ['scope_invite_missing', 'scope_groups_missing', 'scope_people_missing']],
  [set('sonet_group', 'user_brief'), ['scope_there', 'scope_groups_missing', 'scope_people_brief']],
  [
    set('sonet_group', 'socialnetwork', 'user_basic'),
    ['scope_there', 'scope_there', 'scope_there'],
  ],
])('the scopes %o: %o', (scopes, codes) => {
  const checks = [checkInviteScope, checkGroupsScope, checkPeopleScope];
  expect(checks.map((check) => check(scopes).code)).toEqual(codes);
});

type Maybe = number | undefined;

test.each<[plan: string | undefined, perSecond: Maybe, burst: Maybe, code: string]>([
  ['ru_basic', undefined, undefined, 'plan_followed'],
  ['com_ent250', undefined, undefined, 'plan_followed'],
  ['com_ent250', undefined, 250, 'plan_fits'],
  ['com_ent250', 2, undefined, 'plan_allows_more'],
  ['ru_selfhosted', undefined, undefined, 'plan_own_server'],
  [undefined, undefined, undefined, 'plan_not_known'],
  ['ru_basic', 2, 50, 'plan_fits'],
  ['ru_basic', 1, 50, 'plan_allows_more'],
  ['ru_basic', 5, 50, 'plan_allows_less'],
  ['com_ent250', 5, 250, 'plan_fits'],
  ['com_ent250', 2, 50, 'plan_allows_more'],
  ['com_center', 2, 50, 'plan_fits'],
  ['ru_selfhosted', 10, 100, 'plan_own_server_limited'],
  [undefined, 2, 50, 'plan_not_known'],
])('the plan %s with %d a second and %d at once: %s', (plan, requestsPerSecond, burst, code) => {
  expect(checkPlan(plan, { requestsPerSecond, burst }).code).toBe(code);
});

test.each([
  [undefined, undefined, 'authorities_none'],
  ['a.pem', undefined, 'authorities_used'],
  [undefined, 'b.pem', 'authorities_used'],
  ['a.pem', 'a.pem', 'authorities_used'],
  ['a.pem', 'b.pem', 'authorities_overridden'],
  ['missing.pem', 'b.pem', 'authorities_ignored'],
  ['der', undefined, 'authorities_ignored'],
])('authorities in %s of the environment and %s of .env: %s', (environment, own, code) => {
  const folder = mkdtempSync(join(tmpdir(), 'authorities-'));
  const { cert } = selfSigned();
  for (const name of ['a.pem', 'b.pem']) writeFileSync(join(folder, name), cert);
  writeFileSync(join(folder, 'der'), Buffer.from([0x30, 0x82, 0, 255]));
  const at = (name: string | undefined) => name && join(folder, name);
  const found = checkAuthorities(at(environment), at(own));
  rmSync(folder, { recursive: true });
  expect(found.code).toBe(code);
  const file = at(environment ?? own);
  expect(found.params).toMatchObject(file === undefined ? {} : { file });
});

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-30T09:00:00Z');
const failed = (code: string) => ({ kind: 'not_sent', code, description: 'x' }) as const;

test.each([
  [{ usesTls: false }, 'certificate_unneeded'],
  [{}, 'certificate_trusted'],
  [{ isChecked: false }, 'certificate_unchecked'],
  [{ failure: failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }, 'certificate_refused'],
  [{ failure: failed('CERT_HAS_EXPIRED') }, 'certificate_refused'],
  [{ failure: failed('ERR_TLS_CERT_ALTNAME_INVALID') }, 'certificate_refused'],
  [{ failure: failed('ECONNREFUSED') }, undefined],
  [{ endsAt: NOW + 14 * DAY_MS + 1 }, 'certificate_valid'],
  [{ endsAt: NOW + 14 * DAY_MS }, 'certificate_ends_soon'],
  [{ endsAt: NOW - DAY_MS, failure: failed('CERT_HAS_EXPIRED') }, 'certificate_refused'],
])('the certificate of a portal with %o: %s', (given, code) => {
  const sound = { usesTls: true, failure: undefined, isChecked: true };
  const facts = { portal: 'p.example', endsAt: undefined, now: NOW, ...sound };
  expect(checkCertificate({ ...facts, ...given })?.code).toBe(code);
});

const reported = (code: string, kind: PortalFailure['kind'], description = '') =>
  ({ ok: false, failure: { kind, code, description } }) as CallResult;
const result = (value: unknown) => ({ ok: true, result: value, time: undefined }) as CallResult;

test.each<[CallResult, code: string]>([
  [result({ isExisting: true, isAvailable: true }), 'relations_dated'],
  [result({ isExisting: false, isAvailable: false }), 'relations_not_dated'],
  [reported('ERROR_METHOD_NOT_FOUND', 'held'), 'relations_not_dated'],
  [reported('insufficient_scope', 'held'), 'relations_not_dated'],
  [reported('OPERATION_TIME_LIMIT', 'operating_limited'), 'relations_not_known'],
  [reported('', 'refused', 'Something went wrong'), 'relations_not_known'],
  [reported('INTERNAL_SERVER_ERROR', 'unanswered'), 'relations_not_known'],
  [result([]), 'relations_not_known'],
])('invitations with dates, by the answer %j: %s', (answer, code) => {
  expect(checkRelations(answer).code).toBe(code);
});

test.each<[CallResult, code: string]>([
  [reported('', 'refused', 'Socialnetwork group not found'), 'group_invisible'],
  [reported('SONET_CONTROLLER_WORKGROUP_NOT_FOUND', 'refused'), 'group_invisible'],
  [reported('OWN_CODE', 'refused', 'Group not found.'), 'group_invisible'],
  [reported('ACCESS_DENIED', 'held', 'Group not found.'), 'group_not_known'],
  [reported('OWN_CODE', 'refused', 'Something went wrong'), 'group_not_known'],
])('a group by the failure %j: %s', (answer, code) => {
  expect(checkGroup(15 as GroupId, answer, undefined).code).toBe(code);
});

test.each<[reported: boolean | undefined, isAdmin: boolean | undefined, code: string]>([
  [true, false, 'group_open'],
  [true, undefined, 'group_open'],
  [false, true, 'group_open_to_admin'],
  [undefined, true, 'group_open_to_admin'],
  [false, false, 'group_closed'],
  [false, undefined, 'group_open_to_admins_only'],
  [undefined, undefined, 'group_not_known'],
  [undefined, false, 'group_not_known'],
])('a group that reports %s to a caller who is an administrator: %s', (INVITE, isAdmin, code) => {
  const ACTIONS = INVITE === undefined ? undefined : { INVITE };
  const group = { MEMBERS: [], INVITED_MEMBERS: [], ...(ACTIONS && { ACTIONS }) };
  expect(checkGroup(15 as GroupId, result(group), isAdmin).code).toBe(code);
});

test('a report contains no passwords, home folders or control characters', () => {
  const redact = redactor(readConfig({ HTTPS_PROXY: PROXY }, ''), '/home/anna');
  expect(redact('via pa55\nat /home/anna/data\u202e.\u0007')).toBe('via ***; at ~/data.');
  expect(redact('p\u200ba55 ')).toBe('***');
  const short = redactor(readConfig({ HTTP_PROXY: 'http://user:sec@proxy.test' }, ''), '');
  expect(short('no answer in 10 seconds of http://user:sec@proxy.test')).toBe(
    'no answer in 10 seconds of http://user:***@proxy.test',
  );
  expect(redact('x'.repeat(2_000))).toHaveLength(1_001);
});

test('a user with a number only, as in a container, has no home folder to leave out', () => {
  const unknown = () => {
    throw new Error('uv_os_homedir returned ENOENT');
  };
  expect(homeFolder(() => '/home/anna')).toBe('/home/anna');
  expect(redactor(undefined, homeFolder(unknown))('at /home/anna')).toBe('at /home/anna');
});

test('each wrong setting is a problem of its own, even if there are many', () => {
  const environment = {
    ...{ CONCURRENCY: 'many', PORT: 'x', MAX_PAIRS: '-', HOST: ' ', BITRIX24_BURST: 'no' },
    ...{ MAX_ATTEMPTS: 'y', LEDGER_URL: 'mysql://db', REDIS_URL: 'http://redis' },
    ...{ ADMIN_TOKEN: 'the-same-token-for-both', VIEWER_TOKEN: 'the-same-token-for-both' },
  };
  const read = readSettings((without) => readConfig(environment, '', without));
  expect(read.config?.dataDir).toBeDefined();
  expect(read.problems.map(({ message }) => message.split(' ')[0]).toSorted()).toEqual(
    [...read.wrong].filter((name) => name !== 'VIEWER_TOKEN').toSorted(),
  );
  expect(read.problems.length).toBeGreaterThan(7);
  for (const { message } of read.problems) expect(message.length).toBeLessThan(300);
});

test('every finding has complete texts', () => {
  const codes = Object.keys(FINDINGS) as SetUpFinding['code'][];
  for (const code of codes) {
    const [status, text, remedy] = FINDINGS[code];
    const slots = [...`${text}${remedy}`.matchAll(/\{#?(\w+)\}/g)].map(([, name = '']) => name);
    const params = Object.fromEntries(slots.map((name) => [name, 7]));
    const reported = describeFinding({ code, params } as unknown as SetUpFinding);
    expect(reported.found).not.toMatch(/[{}]/);
    expect(reported.remedy ?? '').not.toMatch(/[{}]/);
    const mayLackRemedy = ['scopes_not_known', 'caller_not_known', 'group_not_known'].includes(
      code,
    );
    if (!mayLackRemedy && (status === 'failed' || status === 'warning')) {
      expect(reported.remedy, code).not.toBeNull();
    }
  }
});
