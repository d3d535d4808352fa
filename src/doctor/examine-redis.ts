import { existsSync } from 'node:fs';
import type { Clock } from '../domain/time/clock.ts';
import type { Check } from '../messages/en/set-up-checks-en.ts';
import { finding, type SetUpFinding } from '../messages/findings.ts';
import { findInstalledServer } from '../redis/embedded/installed-server.ts';
import { redisDirectory } from '../redis/find-redis.ts';
import { type Forbidden, inspectRedis, type RedisFacts } from '../redis/inspect-redis.ts';
import { type ReachedRedis, reachRedis } from '../redis/reach-redis.ts';
import { requireFit } from '../redis/requirements.ts';
import { checkClock } from './checks/clock-check.ts';
import {
  checkRedisKind,
  checkRedisMemory,
  checkRedisPersistence,
  checkRedisVersion,
} from './checks/redis-state-check.ts';
import type { SettingsRead } from './doctor-settings.ts';
import { type Examination, errorFinding, inTime } from './examination.ts';

const STATE: readonly Check[] = [
  'redis_version',
  'redis_kind',
  'redis_memory',
  'redis_persistence',
];
const PARTS: readonly Check[] = [...STATE, 'redis_rights', 'redis_clock'];

/** Largest difference of the clocks, in seconds: jobs and leases end early or late by it. */
const CLOCK_SECONDS = 5;

/** Any channel of the program; the rights to channels depend on their prefix. */
const CHANNEL = 'bulk-invite:set-up';

/**
 * @param mode `share`: where none runs and DATA_DIR exists, a private one is started for the check
 * @returns the connection, if the program can work with it
 */
export async function examineRedis(
  examination: Examination,
  { config, wrong }: SettingsRead,
  mode: 'share' | 'join',
  clock: Clock,
): Promise<ReachedRedis | undefined> {
  if (config === undefined || wrong.has('REDIS_URL')) {
    examination.skip('settings', 'redis_server', 'redis', ...PARTS);
    return undefined;
  }
  const { redisUrl, dataDir } = config;
  await examination.check('redis_server', [], () => checkServer(redisUrl));
  if (!examination.passed('redis_server')) {
    examination.skip('redis_server', 'redis', ...PARTS);
    return undefined;
  }
  if (redisUrl === undefined && !examination.passed('data_dir')) {
    examination.skip('data_dir', 'redis', ...PARTS);
    return undefined;
  }
  // A check of the set-up creates no folder.
  if (redisUrl === undefined && !existsSync(dataDir)) {
    examination.add('redis', finding('redis_not_started', {}));
    examination.skip('redis', ...PARTS);
    return undefined;
  }
  const reached = await reach(redisUrl, redisDirectory(dataDir), mode);
  if ('code' in reached) {
    examination.add('redis', reached);
    examination.skip('redis', ...PARTS);
    return undefined;
  }
  await using stack = new AsyncDisposableStack();
  const { redis, shown } = stack.use(reached);
  const facts = await inTime(inspectRedis(redis)).catch(errorFinding);
  if ('name' in facts) {
    const { name, version } = facts;
    examination.add('redis', finding('redis_answers', { name, version, address: shown }));
    await examineState(examination, facts);
  } else {
    examination.add('redis', 'code' in facts ? facts : infoForbidden(facts));
    examination.skip('redis', ...STATE);
  }
  await examination.check('redis_rights', ['redis', 'redis_kind'], () => checkRights(reached));
  await examination.check('redis_clock', ['redis_rights'], () => checkRedisClock(reached, clock));
  if (!examination.passed('redis_rights')) return undefined;
  stack.move();
  return reached;
}

async function checkServer(redisUrl: string | undefined): Promise<SetUpFinding> {
  if (redisUrl !== undefined) return finding('redis_given', {});
  const found = await findInstalledServer();
  return found === undefined
    ? finding('redis_missing', {})
    : finding('redis_installed', { ...found });
}

async function reach(
  url: string | undefined,
  directory: string,
  mode: 'share' | 'join',
): Promise<ReachedRedis | SetUpFinding> {
  try {
    return await reachRedis(url, directory, mode);
  } catch (error) {
    return errorFinding(error);
  }
}

const infoForbidden = ({ user, forbidden: said }: Forbidden): SetUpFinding =>
  finding('redis_info_forbidden', { user, said });

async function examineState(examination: Examination, facts: RedisFacts): Promise<void> {
  await examination.check('redis_version', [], () => checkRedisVersion(facts));
  await examination.check('redis_kind', [], () => checkRedisKind(facts));
  await examination.check('redis_memory', [], () => checkRedisMemory(facts));
  await examination.check('redis_persistence', [], () => checkRedisPersistence(facts));
}

async function checkRedisClock({ redis }: ReachedRedis, clock: Clock): Promise<SetUpFinding> {
  const before = clock.now() / 1_000;
  const [seconds, micros] = await redis.time();
  const there = Number(seconds) + Number(micros) / 1_000_000;
  return checkClock({ there, before, after: clock.now() / 1_000 }, CLOCK_SECONDS);
}

async function checkRights({ redis, shown }: ReachedRedis): Promise<SetUpFinding> {
  await requireFit(redis, shown, CHANNEL);
  return finding('redis_allows', {});
}
