import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  crowd,
  markAsNewer,
  openHarness,
  type ProgramHarness,
} from '../support/program-harness.ts';
import { freePort } from '../support/services/free-port.ts';
import { startHarnessRedis } from './redis/redis-server.ts';

const TOKEN = 'the-token-of-an-admin';

let harness: ProgramHarness;
let origin: string;
beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const settings = { ADMIN_TOKEN: TOKEN, PORT: String(port) };
  harness = await openHarness({}, settings);
});
afterAll(() => harness[Symbol.asyncDispose]());

async function post(path: string, body: FormData): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await fetch(`${origin}${path}`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

describe('serve', () => {
  test('prints its address, invites, and ends cleanly on a signal during a run and an upload', async () => {
    const server = harness.program.start('serve');
    await server.prints(/: http:\/\/127\.0\.0\.1:\d+\n/);
    const again = harness.program.with({ DATA_DIR: `${harness.folder}/other` });
    const taken = await again.call('serve');
    expect([taken.code, taken.stderr]).toEqual([
      1,
      expect.stringMatching(/Port \d+ of .* is in use/),
    ]);

    await harness.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
    const form = new FormData();
    form.append('start', 'true');
    form.append('file', new Blob([crowd(10, 30)]), 'crowd.csv');
    await post('/api/imports', form);
    await harness.untilGateIsFull();
    const { invitationsSent } = await harness.truth();
    // An upload in progress delays the end of the server, which sends no more invitations.
    const upload = new TransformStream<Uint8Array, Uint8Array>();
    const writer = upload.writable.getWriter();
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/csv' };
    const init = { method: 'POST', headers, duplex: 'half', body: upload.readable };
    const uploading = fetch(`${origin}/api/imports`, init as RequestInit).catch(() => {});
    await writer.write(Buffer.from('group_id,user_id\n2,3\n'));
    server.child.kill('SIGINT');
    await server.prints(/"msg":"stopping"/);
    await harness.removeGate();
    const { code, stdout, stderr } = await server.ended;
    await uploading;
    expect([code, stderr.includes('unexpected')]).toEqual([0, false]);
    expect((await harness.truth()).invitationsSent).toBe(invitationsSent);
    expect(stdout).not.toContain('/login?token=');
    expect(stdout + stderr).not.toMatch(/\/rest\/\d+\/\w/);
  });

  test('ends on a signal while an ingest waits for a lost Redis', async () => {
    await using redis = await startHarnessRedis(harness.folder);
    const settings = { REDIS_URL: redis.url, DATA_DIR: `${harness.folder}/gone` };
    const server = harness.program.with(settings).start('serve');
    await server.prints(/: http:\/\/127\.0\.0\.1:\d+\n/);
    await redis[Symbol.asyncDispose]();
    const form = new FormData();
    form.append('file', new Blob(['group_id,email\n2,person5@northwind.example\n']), 'named.csv');
    const uploading = post('/api/imports', form).catch(() => {});
    const headers = { authorization: `Bearer ${TOKEN}` };
    const isThere = async () =>
      (await (await fetch(`${origin}/api/imports`, { headers })).text()).includes('named.csv');
    await vi.waitUntil(isThere, { timeout: 90_000 });
    const { code, stderr } = await server.stop();
    await uploading;
    expect(stderr).not.toContain('unexpected');
    expect(code).toBe(0);
  });

  test('prints a login link without a token, and ends when a newer program has changed the ledger', async () => {
    await using linked = await openHarness({}, { PORT: '0', LOG_LEVEL: 'silent' });
    const server = linked.program.begin('serve', '--no-worker');
    await server.prints(/\/login\?token=[\w-]+\n/);
    markAsNewer(linked);
    const { code, stderr } = await server.ended;
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: A newer version .* \(9999-later\)\.\n {7}Install .*\n$/),
    ]);
  });

  test('requires a token to listen on all interfaces', async () => {
    const program = harness.program.with({ ADMIN_TOKEN: '', HOST: '0.0.0.0', PORT: '0' });
    const { code, stderr } = await program.call('serve');
    expect([code, stderr]).toEqual([1, expect.stringContaining('ADMIN_TOKEN is not set')]);
  });

  test('refuses an address of another machine', async () => {
    const program = harness.program.with({ HOST: '203.0.113.7', PORT: '0' });
    const { code, stderr } = await program.call('serve');
    expect([code, stderr]).toEqual([1, expect.stringContaining('Cannot listen on')]);
  });
});
