import { expect, test } from 'vitest';
import { FakeApi } from './fake-api/fake-api.ts';
import { aPortal } from './fake-api/portal-data.ts';

test('the page shows who the webhook is, its plan, scopes and limits', async () => {
  await using api = await FakeApi.start();
  const { limits } = aPortal();
  const sources = { ...limits.sources, burst: 'setting' } as const;
  api.data.portal = aPortal({ limits: { ...limits, sources } });
  const page = await api.open('/portal');
  const facts = page.locator('dl').first();
  await facts.getByText('Anna Petrova (7)').waitFor();
  const text = await facts.innerText();
  for (const shown of [
    'Administrator',
    'Cloud (ru_basic)',
    '2 requests per second (from the plan), bursts of 50 (from the settings)',
    'sonet_group, socialnetwork',
    'user. Without them',
    'socialnetwork.api.usertogroup.cancelInvite: not available',
  ]) {
    expect(text).toContain(shown);
  }
});

test('a portal without limits has no gauges, and one that has not answered no facts', async () => {
  await using api = await FakeApi.start();
  const { limits } = aPortal();
  const none = { requestsPerSecond: null, burst: null, operatingLimitSeconds: null };
  api.data.portal = aPortal({ profile: null, limits: { ...limits, ...none } });
  const page = await api.open('/portal');
  await page.getByText('The portal has not answered yet.').waitFor();
  await page.getByText('This portal has no request limit.').waitFor();
  await page.getByText('This portal has no limit of server time for invitations.').waitFor();
  expect(await page.getByRole('meter').count()).toBe(0);
});
