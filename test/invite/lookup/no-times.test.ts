import { expect, test } from 'vitest';
import { INVITE } from '../../../src/portal/methods/invite.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { openPipeline } from '../pipeline.ts';

test('a portal that reports no times gets its invitations, within the bucket', async () => {
  await using pipeline = await openPipeline();
  const { sandbox, control, truth } = await openPortal({ seed: smallSeed(), absent: ['time'] });
  const limits = { burst: 4, requestsPerSecond: 20 };
  const context = pipeline.workFor(sandbox.webhookUrl, limits);
  const { budget, profile } = context.client;
  expect(await profile.get()).toMatchObject({ clockOffsetSeconds: expect.any(Number) });
  await control('limits', { ...limits, inviteSeconds: 0.01 });
  const rows = [2, 3, 4, 5, 6, 7, 8, 9, 999].map((userId) => `5,${userId}`);
  const id = await pipeline.start(context, `group_id,user_id\n${rows.join('\n')}\n`);
  expect(await pipeline.turn(context, id)).toEqual({ kind: 'settled' });
  expect(await pipeline.tallies(id)).toEqual({
    'invited/returned': 7,
    'failed/declined': 1,
    'failed/user_not_found': 1,
  });
  expect(await truth()).toMatchObject({ rateLimitErrors: 0, operatingErrors: 0 });
  // The cost is learned from the time that the program waited.
  const { costSeconds } = await budget.readView(INVITE, 1);
  expect(costSeconds).toBeGreaterThan(0.005);
});
