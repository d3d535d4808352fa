import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../src/domain/problem.ts';
import { Budget } from '../../src/portal/budget/budget.ts';
import { INVITE } from '../../src/portal/invite.ts';
import { requireChannel } from '../../src/queue/channel-rights.ts';
import { UNLIMITED } from '../portal/open-client.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const PLACE = 'redis://127.0.0.1:6379';
const EVERYTHING = ['on', '>pw', '~*', '+@all'];

/** Servers word it differently for a command and for a script. */
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

describe('a Redis user', () => {
  test.each([
    ['no-channels', ['resetchannels'], /NOPERM.*channel/],
    ['other-channels', ['resetchannels', '&other:*'], /NOPERM.*channel/],
    ['no-publish', ['allchannels', '-publish'], /NOPERM.*publish/],
    ['no-subscribe', ['allchannels', '-subscribe'], /NOPERM.*subscribe/],
  ])('with %s is refused, with what to grant', async (name, rules, said) => {
    const redis = await connectAs(name, ...rules);
    const channel = 'bulk-invite:budget:example.bitrix24.com';
    const problem = await requireChannel(redis, PLACE, channel).catch((error: unknown) => error);
    if (!(problem instanceof Problem)) throw new Error(`no problem: ${problem}`);
    expect(problem.message).toContain(`keeps its user ${name} from the channel ${channel}`);
    expect(problem.message).toMatch(said);
    expect(problem.message).not.toContain('pw');
    const [, granted = ''] = /^Grant it: ACL SETUSER (.*)$/.exec(problem.remedy) ?? [];
    await server.redis.call('ACL', 'SETUSER', ...granted.split(' '));
    await expect(requireChannel(redis, PLACE, channel)).resolves.toBeUndefined();
  });

  test('who loses the right to channels loses no slot', async () => {
    const redis = await connectAs('was-trusted', 'allchannels');
    const budget = new Budget(redis, 'example.bitrix24.com', { ...UNLIMITED, concurrency: 2 });
    const wish = { method: INVITE, pairs: 1, pending: 1, patienceMs: 0, lifetimeMs: 70_000 };
    await budget.reserve({ ...wish, id: 'invite' });
    await budget.enter('read', 70_000, new AbortController().signal);
    expect(await budget.look(INVITE, 1)).toMatchObject({ inFlight: 2 });
    await server.redis.acl('SETUSER', 'was-trusted', 'resetchannels');
    // The server ends connections of users who lose channels that they subscribed to.
    await expect(budget.release('read')).rejects.toThrow(REFUSED);
    expect(await budget.look(INVITE, 1)).toMatchObject({ inFlight: 1 });
    await expect(budget.lose('invite', false)).rejects.toThrow(REFUSED);
    expect(await budget.look(INVITE, 1)).toMatchObject({ inFlight: 0 });
  });
});
