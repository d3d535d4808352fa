import { globSync, readFileSync } from 'node:fs';
import { Worker } from 'bullmq';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../src/domain/errors/problem.ts';
import { Budget } from '../../src/portal/budget/budget.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import { InviteQueue } from '../../src/queue/invite-queue.ts';
import { NEEDED, requireFit } from '../../src/redis/requirements.ts';
import { UNLIMITED } from '../portal/open-client.ts';
import { startRedis, type TestRedis } from '../support/redis/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const PLACE = 'redis://127.0.0.1:6379';
const CHANNEL = 'bulk-invite:budget:example.bitrix24.com';
const EVERYTHING = ['on', '>pw', '+@all'];

/** Servers have different texts for a command and for a script. */
const REFUSED = /NOPERM|can't publish/;

/** @returns a connection of a new user with these rules */
async function connectAs(name: string, ...rules: string[]) {
  await server.redis.acl('SETUSER', name, ...EVERYTHING, ...rules);
  const redis = await server.connect();
  redis.options.username = name;
  redis.options.password = 'pw';
  await redis.auth(name, 'pw');
  return redis;
}

async function problemOf(fit: Promise<void>): Promise<Problem> {
  const problem = await fit.catch((error: unknown) => error);
  if (!(problem instanceof Problem)) throw new Error(`no problem: ${problem}`);
  return problem;
}

describe('a Redis user', () => {
  const CHANNELS = ['~*', 'allchannels'];
  test.each([
    ['nothing', ['-@all'], /what it needs: info, evalsha, .*eval.*publish, subscribe\.$/],
    ['no-channels', ['~*', 'resetchannels'], /what it needs: &bulk-invite:\*\.$/],
    ['other-channels', ['~*', 'resetchannels', '&other:*'], /needs: &bulk-invite:\*\.$/],
    ['no-pubsub-no-channels', ['~*', 'resetchannels', '-@pubsub'], /needs: publish, subscribe\.$/],
    ['no-publish', [...CHANNELS, '-publish'], /what it needs: publish\.$/],
    ['no-subscribe', [...CHANNELS, '-subscribe'], /what it needs: subscribe\.$/],
    ['no-pubsub', [...CHANNELS, '-@pubsub', '-get'], /what it needs: get, publish, subscribe\.$/],
    ['no-info', [...CHANNELS, '-info'], /what it needs: info\.$/],
    ['no-scripts', [...CHANNELS, '-eval', '-evalsha'], /what it needs: evalsha, eval\.$/],
    ['no-scripts-no-waits', [...CHANNELS, '-@scripting', '-@blocking'], /evalsha, bzpopmin, eval/],
    ['no-streams', [...CHANNELS, '-@stream'], /what it needs: xadd, xtrim\.$/],
    ['no-waiting', [...CHANNELS, '-bzpopmin', '-zadd'], /what it needs: bzpopmin, zadd\.$/],
    ['no-transactions', [...CHANNELS, '-multi', '-exec'], /what it needs: multi/],
    ['other-keys', ['~other*', 'allchannels'], /what it needs: ~bulk-invite\*\.$/],
    ['other-keys-and-no-lists', ['~other*', 'allchannels', '-@list'], /needs: ~bulk-invite\*\.$/],
    ['keys-and-channels', [], /what it needs: ~bulk-invite\*, &bulk-invite:\*\.$/],
  ])('with %s is refused, with what to grant', async (name, rules, said) => {
    const redis = await connectAs(name, ...rules);
    const problem = await problemOf(requireFit(redis, PLACE, CHANNEL));
    expect(problem.message).toContain(`The Redis at ${PLACE} keeps its user ${name} from `);
    expect(problem.message).toMatch(said);
    expect(problem.message).not.toContain('pw');
    const [, granted = ''] = /^Grant it: ACL SETUSER (.*)$/.exec(problem.remedy) ?? [];
    await server.redis.call('ACL', 'SETUSER', ...granted.split(' '));
    expect(new Set(granted.split(' ')).size).toBe(granted.split(' ').length);
    await expect(requireFit(redis, PLACE, CHANNEL)).resolves.toBeUndefined();
  });

  test('without any right needs only what the first refusal lists, also for a job', async () => {
    const redis = await connectAs('newcomer', '-@all');
    const { remedy } = await problemOf(requireFit(redis, PLACE, CHANNEL));
    const [, granted = ''] = /^Grant it: ACL SETUSER (.*)$/.exec(remedy) ?? [];
    await server.redis.call('ACL', 'SETUSER', ...granted.split(' '));
    await expect(requireFit(redis, PLACE, CHANNEL)).resolves.toBeUndefined();
    const queue = new InviteQueue(redis, 'rights');
    const done = Promise.withResolvers<unknown>();
    const prefix = queue.board.opts.prefix;
    const worker = new Worker(queue.board.name, async ({ data }) => done.resolve(data), {
      ...{ connection: redis.duplicate({ maxRetriesPerRequest: null }), ...(prefix && { prefix }) },
    });
    worker.on('error', done.reject);
    try {
      const data = { importId: 1, chunk: 1 };
      const job = await queue.board.add('invite', data, { jobId: 'later', delay: 5 });
      expect(await done.promise).toEqual(data);
      await vi.waitUntil(() => job.isCompleted().catch(() => true));
      const budget = new Budget(redis, 'rights.bitrix24.com', { ...UNLIMITED, concurrency: 2 });
      const request = { method: INVITE, pairs: 1, pending: 1, maxWaitMs: 0, lifetimeMs: 70_000 };
      await budget.reserve({ ...request, id: 'invite' });
      await budget.lose('invite', false);
      expect(await budget.readView(INVITE, 1)).toMatchObject({ inFlight: 0 });
    } finally {
      await worker.close();
      await queue.close();
    }
  });

  test('without its former right to channels still releases its slots', async () => {
    const redis = await connectAs('was-trusted', ...CHANNELS);
    const budget = new Budget(redis, 'example.bitrix24.com', { ...UNLIMITED, concurrency: 2 });
    const request = { method: INVITE, pairs: 1, pending: 1, maxWaitMs: 0, lifetimeMs: 70_000 };
    await budget.reserve({ ...request, id: 'invite' });
    await budget.enter('read', 70_000, new AbortController().signal);
    expect(await budget.readView(INVITE, 1)).toMatchObject({ inFlight: 2 });
    await server.redis.acl('SETUSER', 'was-trusted', 'resetchannels');
    // The server ends the connections of users who lose their subscribed channels.
    await expect(budget.release('read')).rejects.toThrow(REFUSED);
    expect(await budget.readView(INVITE, 1)).toMatchObject({ inFlight: 1 });
    await expect(budget.lose('invite', false)).rejects.toThrow(REFUSED);
    expect(await budget.readView(INVITE, 1)).toMatchObject({ inFlight: 0 });
  });
});

test('a Redis that takes no writes is refused, with the reason', async () => {
  const { redis } = server;
  const refusal = async () => problemOf(requireFit(redis, PLACE, CHANNEL));
  await redis.config('SET', 'maxmemory', '1');
  expect((await refusal()).message).toMatch(/^Redis takes no writes \(OOM [^@]*\)\.$/);
  await redis.config('SET', 'maxmemory', '0');
  await redis.call('REPLICAOF', '127.0.0.1', '1');
  expect((await refusal()).message).toMatch(/^Redis takes no writes \(READONLY [^@]*\)\.$/);
  await redis.call('REPLICAOF', 'NO', 'ONE');
  await expect(requireFit(redis, PLACE, CHANNEL)).resolves.toBeUndefined();
  expect(await redis.keys('bulk-invite:req*')).toEqual([]);
});

test('all commands in the scripts of BullMQ and the budget are checked', () => {
  const used = ['src/portal/budget/*.lua', `${SCRIPTS}/{${USED.join(',')}}-*.js`]
    .flatMap((pattern) => globSync(pattern))
    .flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(/\b(?:redis\.p?|r)call\(\s*["'](\w+)/g),
    ])
    .map(([, name = '']) => name.toLowerCase());
  expect(used.length).toBeGreaterThan(100);
  const known = new Set([...NEEDED, 'publish']);
  expect([...new Set(used)].filter((name) => !known.has(name))).toEqual([]);
});

const SCRIPTS = 'node_modules/bullmq/dist/esm/scripts';
/** The scripts that a queue and its workers run. */
const USED = [
  ...['addPrioritizedJob', 'extendLock', 'extendLocks', 'getCounts', 'getRanges', 'getState*'],
  ...['moveJobFromActiveToWait', 'moveStalledJobsToWait', 'moveToActive', 'moveToDelayed'],
  ...['moveToFinished', 'obliterate', 'promote', 'releaseLock'],
];
