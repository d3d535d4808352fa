import { expect, test } from 'vitest';
import { ManualClock } from '../../support/manual-clock.ts';
import { openPortal, smallSeed } from '../raw-client.ts';

test.each([true, false])('an administrator, %s, is reported without any scope', async (isAdmin) => {
  const { call } = await openPortal({ seed: smallSeed(), scopes: [], isAdmin });
  expect((await call('profile')).json.result).toMatchObject({ ID: '1', ADMIN: isAdmin });
  expect((await call('user.admin')).json.result).toBe(isAdmin);
});

test('the portal’s clock and plan are reported without any scope', async () => {
  const clock = new ManualClock(Date.parse('2026-11-30T09:15:02Z'));
  const options = { scopes: [], license: 'com_ent250', now: clock.nowSeconds };
  const { call } = await openPortal({ ...options, clockSkewSeconds: 60 });
  expect((await call('server.time')).json.result).toBe('2026-11-30T09:16:02+00:00');
  expect((await call('app.info')).json.result).toMatchObject({ LICENSE: 'com_ent250' });
});
