import { expect, test } from 'vitest';
import { watchProfile } from '../../../src/portal/profile/watch-profile.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { startRedis } from '../../support/redis/redis.ts';
import { openBudget, openClient } from '../open-client.ts';

test('the profile is read at once, but a held portal gets no request for it', async () => {
  const redis = await startRedis();
  try {
    const { sandbox, truth } = await openPortal({ seed: smallSeed() });
    const { profile } = openClient(sandbox.webhookUrl, openBudget(redis.redis));
    const errors: unknown[] = [];
    const asked = Promise.withResolvers<void>();
    const isHeld = async () => {
      asked.resolve();
      return true;
    };
    {
      using _held = watchProfile(profile, isHeld, (error) => errors.push(error));
      await asked.promise;
    }
    expect((await truth()).requests).toBe(0);
    using _watch = watchProfile(
      openClient(sandbox.webhookUrl, openBudget(redis.redis)).profile,
      async () => false,
      (error) => errors.push(error),
    );
    await expect.poll(async () => (await truth()).calls.profile).toBe(1);
    expect(errors).toEqual([]);
  } finally {
    await redis.dispose();
  }
});
