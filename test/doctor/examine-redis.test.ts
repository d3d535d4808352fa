import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import {
  checkRedisKind,
  checkRedisMemory,
  checkRedisPersistence,
  checkRedisVersion,
} from '../../src/doctor/checks/redis-state-check.ts';
import { soundSettings } from '../../src/doctor/doctor-settings.ts';
import type { Examination } from '../../src/doctor/examination.ts';
import { examineRedis } from '../../src/doctor/examine-redis.ts';
import { SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import { finding } from '../../src/messages/findings.ts';
import { connectRedis } from '../../src/redis/connection.ts';
import { readFacts } from '../../src/redis/inspect-redis.ts';
import { startHarnessRedis } from '../e2e/redis/redis-server.ts';
import { freePort } from '../support/services/free-port.ts';
import { examined } from './examined.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'set-up-redis-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const examine = (settings: Record<string, string>, aheadMs = 0) =>
  examined(async (examination: Examination) => {
    const path = folder;
    examination.add('data_dir', finding('data_dir_usable', { path, owner: '1', mode: '0700' }));
    const config = readConfig({ DATA_DIR: join(folder, 'none'), ...settings }, '');
    await using _reached = await examineRedis(examination, soundSettings(config), 'share', {
      ...SYSTEM_CLOCK,
      now: () => Date.now() + aheadMs,
    });
  });

const SOUND = {
  redis: 'redis_answers',
  redis_kind: 'redis_single',
  redis_memory: 'redis_keeps_all',
  redis_rights: 'redis_allows',
  redis_clock: 'clock_agrees',
};

test('a private Redis is started in an existing DATA_DIR, and no DATA_DIR is created', async () => {
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  expect(await examine({ DATA_DIR: dataDir })).toMatchObject({
    ...SOUND,
    ...{ redis_server: 'redis_installed', redis_persistence: 'redis_appends' },
  });
  expect(await examine({})).toMatchObject({
    ...{ redis_server: 'redis_installed', redis: 'redis_not_started' },
    redis_rights: 'not_checked',
  });
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

test('a Redis with a different clock is reported', async () => {
  await using server = await startHarnessRedis(folder);
  const clockOf = async (aheadMs: number) =>
    (await examine({ REDIS_URL: server.url }, aheadMs)).redis_clock;
  expect([await clockOf(4_000), await clockOf(9_000), await clockOf(-9_000)]).toEqual([
    ...['clock_agrees', 'clock_behind', 'clock_ahead'],
  ]);
});

test('a Redis that can evict is reported, and so is a user who lacks rights', async () => {
  const policy = ['--maxmemory-policy', 'allkeys-lru'];
  await using server = await startHarnessRedis(folder, ...policy);
  expect(await examine({ REDIS_URL: server.url })).toMatchObject({
    ...{ ...SOUND, redis_memory: 'redis_evicts' },
    ...{ redis_server: 'redis_given', redis_persistence: 'redis_no_file' },
  });
  const redis = await connectRedis({ kind: 'url', url: server.url });
  const url = server.url.replace('//', '//invites:hunter2@');
  const examineAs = async (...rights: string[]) => {
    await redis.call('ACL', 'SETUSER', 'invites', 'reset', 'on', '>hunter2', ...rights);
    return examine({ REDIS_URL: url });
  };
  try {
    const all = ['~bulk-invite*', '&bulk-invite:*', '+@all'];
    expect(await examineAs(...all)).toMatchObject({ redis_rights: 'redis_allows' });
    expect(await examineAs(...all, '-info')).toMatchObject({
      ...{ redis: 'redis_info_forbidden', redis_kind: 'not_checked', redis_rights: 'not_checked' },
    });
    expect(await examineAs(...all, '-time')).toMatchObject({
      ...{ redis_rights: 'problem', redis_clock: 'not_checked' },
    });
    expect(await examineAs(...all, '-eval')).toMatchObject({ redis_rights: 'problem' });
    expect(await examineAs('~bulk-invite*', '+@all')).toMatchObject({ redis_rights: 'problem' });
    expect(await examine({ REDIS_URL: url.replace('hunter2', 'other') })).toMatchObject({
      ...{ redis: 'problem', redis_version: 'not_checked' },
    });
    await redis.call('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    await redis.call('CONFIG', 'SET', 'maxmemory', '1000');
    expect(await examine({ REDIS_URL: server.url })).toMatchObject({
      ...{ redis_memory: 'redis_full', redis_rights: 'problem' },
    });
  } finally {
    redis.disconnect();
  }
});

test('a cluster is reported, and so is a missing Redis', async () => {
  const cluster = ['--cluster-enabled', 'yes'];
  await using server = await startHarnessRedis(folder, ...cluster);
  expect(await examine({ REDIS_URL: server.url })).toMatchObject({
    ...{ redis: 'redis_answers', redis_kind: 'redis_cluster', redis_rights: 'not_checked' },
  });
  expect(await examine({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` })).toMatchObject({
    ...{ redis: 'problem', redis_kind: 'not_checked', redis_rights: 'not_checked' },
  });
});

test.each([
  ['redis_version:4.0.14\r\nrole:master\r\n', ['redis_version_too_low', 'redis_single']],
  ['redis_version:6.0.9\r\nrole:slave\r\n', ['redis_version_low', 'redis_replica']],
  [
    'redis_version:7.2.4\r\nvalkey_version:8.1.0\r\nredis_mode:cluster\r\n',
    ['redis_version_fits', 'redis_cluster'],
  ],
])('the version and kind of a Redis: %j', (info, codes) => {
  const facts = readFacts(info);
  expect([checkRedisVersion(facts).code, checkRedisKind(facts).code]).toEqual(codes);
});

test.each([
  ['', ['redis_policy_hidden', 'redis_no_file']],
  [
    'maxmemory_policy:noeviction\r\nmaxmemory:0\r\nused_memory:9\r\n',
    ['redis_keeps_all', 'redis_no_file'],
  ],
  [
    'maxmemory_policy:noeviction\r\nmaxmemory:9\r\nused_memory:9\r\naof_enabled:1',
    ['redis_full', 'redis_appends'],
  ],
  [
    'maxmemory_policy:volatile-lru\r\naof_last_write_status:err\r\n',
    ['redis_evicts', 'redis_cannot_save'],
  ],
])('the memory and persistence of a Redis: %j', (info, codes) => {
  const facts = readFacts(info);
  expect([checkRedisMemory(facts).code, checkRedisPersistence(facts).code]).toEqual(codes);
});
