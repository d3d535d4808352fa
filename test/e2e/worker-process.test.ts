import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startImport } from '../../src/invite/import-lifecycle.ts';
import { openLedger } from '../../src/ledger/db/database.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { takeCsv } from '../support/ledger/take-csv.ts';
import { crowd, markAsNewer, openHarness } from '../support/program-harness.ts';
import { freePort } from '../support/services/free-port.ts';

const ADMIN = 'the-token-of-an-admin';
const VIEWER = 'the-token-of-a-viewer';

test('a worker serves its health and its request metrics, no other routes, and ends when a newer program has changed the ledger', async () => {
  const port = await freePort();
  await using harness = await openHarness(
    { seed: plainSeed({ users: 20, groups: 4 }) },
    { ADMIN_TOKEN: ADMIN, VIEWER_TOKEN: VIEWER, METRICS_PORT: String(port) },
  );
  mkdirSync(join(harness.folder, 'data'));
  await using db = await openLedger(join(harness.folder, 'data/ledger.db'));
  const portal = new URL(harness.origin).host;
  const source = { fileName: 'a.csv', fileDigest: 'a', portal, message: null };
  const id = await takeCsv(db, source, async function* () {
    yield Buffer.from(crowd(2, 10));
  });
  await startImport(db, id);

  const worker = harness.program.start('worker');
  await worker.prints(/"msg":"worker ready"/);
  const request = (path: string, token?: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  expect((await request('/healthz')).status).toBe(200);
  expect(await (await request('/readyz')).json()).toMatchObject({ status: 'ok' });
  for (const path of ['/metrics', '/api/imports', '/'])
    expect((await request(path)).status).toBe(401);
  expect((await request('/api/imports', ADMIN)).status).toBe(404);

  await harness.until(({ invitationsSent }) => invitationsSent === 20);
  await expect
    .poll(async () => (await request('/metrics', VIEWER)).text())
    .toMatch(/^bulk_invite_portal_requests_total\{.*result="answered"\} [1-9]/m);
  expect(await (await request('/metrics', VIEWER)).text()).not.toMatch(/bulk_invite_pairs/);
  expect(await harness.program.call('worker')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^error: Port \d+ of 127.0.0.1 is in use\.\n.*METRICS_PORT\.\n$/),
  });

  markAsNewer(harness);
  const ended = await worker.ended;
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(
    /^error: A newer version of the program has changed the ledger \(9999-later\)\.\n {7}Install .*\n$/m,
  );
  expect(ended.stderr).not.toMatch(/unexpected|^ +at /m);
  expect(await harness.program.call('worker')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^error: The ledger .* was written by a newer version .*\n {7}/),
  });
});
