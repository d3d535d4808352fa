import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../../src/redis/connection.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { crowd, openHarness, type ProgramHarness } from '../../support/program-harness.ts';
import { startHarnessRedis } from './redis-server.ts';

const SEED = { seed: plainSeed({ users: 5, groups: 2 }) };

/** Expects that all commands that need Redis fail with the same error and remedy, and create no import. */
async function expectRefusals(harness: ProgramHarness, url: string, what: RegExp, remedy: RegExp) {
  const program = harness.program.with({ REDIS_URL: url, PORT: '0' });
  const file = harness.file('a.csv', crowd(2, 5));
  for (const argv of [['run', file], ['check', file], ['serve'], ['worker']]) {
    const { code, stdout, stderr } = await program.call(...argv);
    const [, reported = '', advice = ''] = /^error: (.+)\n {7}(\S.+)\n$/.exec(stderr) ?? [];
    expect(reported, `${argv[0]}: ${stderr}`).toMatch(what);
    expect(advice).toMatch(remedy);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  }
  expect((await program.call('imports')).stdout).toBe('No imports yet.\n');
}

test('a Redis Cluster is refused', async () => {
  await using harness = await openHarness(SEED);
  await using redis = await startHarnessRedis(harness.folder, '--cluster-enabled', 'yes');
  const isCluster = /^Redis is a cluster .*, which the queue does not support\.$/;
  await expectRefusals(harness, redis.url, isCluster, /not a cluster/);
  // ioredis selects the database before the program can check for a cluster.
  await expectRefusals(harness, redis.url.replace(/0$/, '1'), /in cluster mode/, /not a cluster/);
});

test.each([
  ['that is full', 'CONFIG SET maxmemory 1', /^Redis accepts no writes \(OOM /, /maxmemory/],
  ['that is a replica', 'REPLICAOF 127.0.0.1 1', /^Redis accepts no writes \(READONLY /, /master/],
  [
    'without INFO and scripts',
    'ACL SETUSER default -info -eval -evalsha',
    /^The Redis at .* denies its user default required permissions: info, evalsha, eval\.$/,
    /^Grant them: ACL SETUSER default \+info \+evalsha \+eval( \+\w+)*$/,
  ],
])('a Redis %s is refused', async (_, words, what, remedy) => {
  await using harness = await openHarness(SEED);
  await using redis = await startHarnessRedis(harness.folder);
  const connection = await connectRedis({ kind: 'url', url: redis.url });
  onTestFinished(() => connection.disconnect());
  const [command = '', ...argv] = words.split(' ');
  await connection.call(command, ...argv);
  await expectRefusals(harness, redis.url, what, remedy);
});
