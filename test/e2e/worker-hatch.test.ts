import { expect, test } from 'vitest';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { freePort } from '../support/free-port.ts';
import { crowd, openOffice } from '../support/office.ts';

const ADMIN = 'the-token-of-an-admin';
const VIEWER = 'the-token-of-a-viewer';

test('a worker tells its health and what it has sent, and nothing that the server tells', async () => {
  const [port, metricsPort] = [await freePort(), await freePort()];
  await using office = await openOffice(
    { seed: plainSeed({ users: 20, groups: 4 }) },
    { ADMIN_TOKEN: ADMIN, VIEWER_TOKEN: VIEWER, PORT: String(port) },
  );
  const server = office.program.start('serve', '--no-worker');
  await server.says(/: http:\/\/127\.0\.0\.1:\d+\n/);
  const worker = office.program.with({ METRICS_PORT: String(metricsPort) }).start('worker');
  await worker.says(/"msg":"worker ready"/);
  const another = office.program.with({ METRICS_PORT: String(port) }).start('worker');
  const ask = (path: string, token?: string) =>
    fetch(`http://127.0.0.1:${metricsPort}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  expect((await ask('/healthz')).status).toBe(200);
  expect(await (await ask('/readyz')).json()).toMatchObject({ status: 'ok' });
  for (const path of ['/metrics', '/api/imports', '/']) expect((await ask(path)).status).toBe(401);
  expect((await ask('/api/imports', ADMIN)).status).toBe(404);

  const form = new FormData();
  form.append('start', 'true');
  form.append('file', new Blob([crowd(2, 10)]), 'crowd.csv');
  const headers = { authorization: `Bearer ${ADMIN}` };
  const body = { method: 'POST', headers, body: form };
  expect((await fetch(`http://127.0.0.1:${port}/api/imports`, body)).status).toBe(201);
  await office.until(({ invitationsSent }) => invitationsSent === 20);
  await expect
    .poll(async () => (await ask('/metrics', VIEWER)).text())
    .toMatch(/^bulk_invite_portal_requests_total\{.*result="answered"\} [1-9]/m);
  expect(await (await ask('/metrics', VIEWER)).text()).not.toMatch(/bulk_invite_pairs/);
  expect(await another.ended).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^error: Port \d+ of 127.0.0.1 is in use\.\n.*METRICS_PORT\.\n$/),
  });
  expect((await worker.stop()).code).toBe(0);
});
