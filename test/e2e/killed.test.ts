import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { findPrivateRedis } from '../../src/queue/private-redis.ts';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, summaryOf } from '../support/office.ts';

const SLOW = { seed: plainSeed({ users: 60, groups: 20 }), inviteSeconds: 0.01 };
const FAST = { inviteSeconds: 0.000_1 };
const PAIRS = 1_200;

describe.concurrent('an import whose process was ended by force', () => {
  test('goes on each time, and nobody is invited twice', async () => {
    await using office = await openOffice(SLOW);
    const file = office.file('a.csv', crowd(20, 60));
    for (const before of [0, 100, 200]) {
      const run = office.program.start('run', file);
      await office.until(({ invitationsSent }) => invitationsSent > before);
      run.child.kill('SIGKILL');
      expect((await run.ended).code).toBe(null);
    }
    await office.order('limits', FAST);
    const last = summaryOf(await office.program.call('run', file, '--json'));
    expect(last).toMatchObject({ importId: 1, outcomes: { invited: PAIRS } });
    const { notifications } = await office.truth();
    expect(notifications).toHaveLength(PAIRS);
    expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
  });

  test('leaves no Redis behind', async () => {
    await using office = await openOffice(SLOW);
    const run = office.program.start('run', office.file('a.csv', crowd(20, 60)));
    await office.until(({ invitationsSent }) => invitationsSent > 0);
    const directory = join(office.folder, 'data/redis');
    expect(await findPrivateRedis(directory)).toBeDefined();
    run.child.kill('SIGKILL');
    const isGone = async () => (await findPrivateRedis(directory)) === undefined;
    await vi.waitUntil(isGone, { timeout: 90_000 });
  });

  test('says what a second Ctrl-C does, and ends at once with it', async () => {
    await using office = await openOffice(SLOW, { BITRIX24_REQUEST_TIMEOUT_SECONDS: '60' });
    await office.setFaults({ kind: 'slow', seconds: 50, method: 'sonet_group.user.invite' });
    await office.order('limits', { requestLimitSeconds: 50 });
    const run = office.program.start('run', office.file('a.csv', crowd(20, 60)));
    await office.until(({ inFlight }) => inFlight === 4);
    run.child.kill('SIGINT');
    await run.says(/Ending when the requests in flight are answered; once more to end at once\./);
    run.child.kill('SIGINT');
    const { code, stdout } = await run.ended;
    expect(code).toBe(130);
    expect(stdout).not.toContain('rows  ');
    expect((await office.program.call('status', '1')).stdout).toContain('· running');
  });
});
