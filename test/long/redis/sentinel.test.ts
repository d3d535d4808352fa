import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { crowd, openHarness, summaryOf } from '../../support/program-harness.ts';
import { startWatchedRedis } from './sentinel.ts';

const PAIRS = 600;
const seed = plainSeed({ users: 60, groups: 10 });

test.each([
  ['', false],
  [' without the import', true],
])(
  'an import continues when its Redis is killed and Sentinel promotes a replica%s',
  async (_, stale) => {
    await using harness = await openHarness({ seed, inviteSeconds: 0.01 }, { LOG_LEVEL: 'debug' });
    await using redis = await startWatchedRedis(harness.folder);
    const program = harness.program.with({
      REDIS_URL: redis.url,
      NODE_EXTRA_CA_CERTS: redis.certificate,
    });
    if (stale) redis.freezeReplica();
    const run = program.start('run', harness.file('a.csv', crowd(10, 60)), '--json');
    await harness.until(({ invitationsSent }) => invitationsSent > 100);
    await redis.failOver();
    const ended = await run.ended;
    expect(summaryOf(ended)).toMatchObject({ rows: PAIRS, reasons: { returned: PAIRS } });
    const { notifications } = await harness.truth();
    expect(notifications).toHaveLength(PAIRS);
    expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
    expect(ended.stderr).toContain('Cannot connect to Redis at rediss+sentinel://:***@');
    for (const password of redis.passwords) expect(ended.stderr).not.toContain(password);
  },
);
