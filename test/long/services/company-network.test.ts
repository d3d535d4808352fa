import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { signedByAuthority, trust } from '../../portal/certificate.ts';
import { crowd, openHarness, summaryOf } from '../../support/program-harness.ts';
import { startHttpsFront, startProxy } from '../../support/services/company-network.ts';
import { startReceiver } from '../../support/services/receiver.ts';

const PORTAL = 'portal.corp.test';
const HOOK = 'hook.corp.test';
const COMPANY = signedByAuthority(PORTAL, HOOK);
const CODE = 's3cr3tC0de';

const portOf = (url: string): number => Number(new URL(url).port);

/** A portal and a receiver of notifications that only the proxy reaches and knows by name. */
async function openCompany(settings: Record<string, string> = {}) {
  const stack = new AsyncDisposableStack();
  const receiver = stack.use(await startReceiver());
  const seed = plainSeed({ users: 20, groups: 100 });
  const harness = stack.use(await openHarness({ seed, code: CODE }));
  const portal = stack.use(await startHttpsFront(COMPANY, portOf(harness.origin)));
  const hook = stack.use(await startHttpsFront(COMPANY, portOf(receiver.url)));
  const proxy = stack.use(
    await startProxy({ [`${PORTAL}:443`]: portal.port, [`${HOOK}:443`]: hook.port }),
  );
  const program = harness.program.with({
    BITRIX24_WEBHOOK_URL: `https://${PORTAL}/rest/1/${CODE}/`,
    NOTIFY_URL: `https://${HOOK}/hook`,
    ...settings,
  });
  return { receiver, harness, proxy, program, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

test('a run goes through the proxy, is held while the proxy refuses, and continues', async () => {
  await using company = await openCompany({ CONCURRENCY: '1' });
  const { harness, proxy, receiver } = company;
  trust(COMPANY.authority);
  const program = company.program.with({ https_proxy: proxy.url });
  await harness.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
  const run = program.begin('run', harness.file('all.csv', crowd(100, 2)), '--json');
  await harness.until(({ atGate }) => atGate === 1);
  proxy.refuse(407);
  await harness.removeGate();
  await run.prints(/held: PROXY_407 the proxy .* refuses \(407\) – The proxy requires a login/);
  proxy.admit();
  await program.call('resume', '1');
  const ended = await run.ended;
  expect(summaryOf(ended)).toMatchObject({ pairs: 200, outcomes: { invited: 200 } });
  await receiver.count(1);
  expect(new Set(proxy.requests)).toEqual(
    new Set([`CONNECT ${PORTAL}:443`, `CONNECT ${HOOK}:443`]),
  );
  expect(Math.max(...(await harness.truth()).notifications.map(({ count }) => count))).toBe(1);
  for (const secret of ['pa55word', CODE]) expect(ended.stderr).not.toContain(secret);
});

test('proxy and authority of the company can be set in .env', async () => {
  await using company = await openCompany();
  const { harness, proxy, program } = company;
  const file = harness.file('one.csv', crowd(1, 2));
  const refused = await program.with({ HTTPS_PROXY: proxy.url }).call('check', file);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  expect(refused.stderr).toContain('Set NODE_EXTRA_CA_CERTS, in the environment or in .env');
  const authority = harness.file('company.pem', COMPANY.authority);
  harness.file('.env', `HTTPS_PROXY=${proxy.url}\nNODE_EXTRA_CA_CERTS=${authority}\n`);
  const checked = await program.callInProcess('check', file);
  expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining('2 invitations') });
  expect(checked.stdout + checked.stderr).not.toContain('pa55word');
});
