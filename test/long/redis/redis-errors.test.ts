import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../../src/redis/connection.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { startHarnessRedis } from '../../e2e/redis/redis-server.ts';
import {
  crowd,
  expectEachOnce,
  openHarness,
  SHORT_TIMEOUT,
  summaryOf,
} from '../../support/program-harness.ts';

const [GROUPS, USERS] = [20, 60];
const PAIRS = GROUPS * USERS;
const seed = plainSeed({ users: USERS, groups: GROUPS });
/** Duration of the error, longer than an earlier timeout of `run`. */
const ERROR_MS = 25_000;

test.each([
  ['is full', 'CONFIG SET maxmemory 1', 'CONFIG SET maxmemory 0', /Redis accepts no writes \(OOM/],
  [
    'becomes a replica',
    'REPLICAOF 127.0.0.1 1',
    'REPLICAOF NO ONE',
    /Redis accepts no writes \((READONLY|UNBLOCKED)/,
  ],
  [
    'denies scripts',
    'ACL SETUSER default -evalsha',
    'ACL SETUSER default +evalsha',
    /Redis denies its user a required permission \(NOPERM/,
  ],
])('a run waits for a Redis that %s, and logs it once per minute', async (_, ...rest) => {
  const [begin, end, reported] = rest;
  // A slot that Redis could not release becomes free after its lifetime.
  await using harness = await openHarness({ seed, inviteSeconds: 0.02 }, SHORT_TIMEOUT);
  await using redis = await startHarnessRedis(harness.folder);
  const connection = await connectRedis({ kind: 'url', url: redis.url });
  onTestFinished(() => connection.disconnect());
  const send = (line: string) => {
    const [command = '', ...argv] = line.split(' ');
    return connection.call(command, ...argv);
  };
  const program = harness.program.with({ REDIS_URL: redis.url });
  const run = program.start('run', harness.file('a.csv', crowd(GROUPS, USERS)), '--json');
  const worker = program.start('worker');
  await worker.prints(/"msg":"worker ready"/);
  await harness.until(({ invitationsSent }) => invitationsSent > 50);
  await send(begin);
  await worker.prints(reported);
  await sleep(ERROR_MS);
  expect(run.child.exitCode).toBeNull();
  await send(end);
  const ended = await run.ended;
  expect(ended.code, ended.stderr).toBe(0);
  expect(summaryOf(ended)).toMatchObject({ rows: PAIRS, outcomes: { invited: PAIRS } });
  await expectEachOnce(harness, PAIRS);
  const { code, stderr } = await worker.stop();
  expect(code).toBe(0);
  const lines: { level: number; msg: string; err?: unknown; remedy?: string }[] = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const aboutRedis = lines.filter(({ msg }) => /Redis/.test(msg));
  expect(aboutRedis.length).toBeLessThanOrEqual(2);
  for (const line of aboutRedis) expect(line.remedy).toBeTypeOf('string');
  expect(lines.filter(({ msg }) => msg === 'unexpected')).toEqual([]);
  expect(lines.filter(({ err }) => /READONLY|OOM|NOPERM/.test(JSON.stringify(err ?? '')))).toEqual(
    [],
  );
});
