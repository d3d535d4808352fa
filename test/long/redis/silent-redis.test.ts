import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { crowd, openHarness, type ProgramHarness } from '../../support/program-harness.ts';
import { freePort } from '../../support/services/free-port.ts';

/** Longest time to end, as documented in docs/operating.md. */
const WITHIN_MS = 20_000;

/** Starts a Redis that can become silent, like a machine that loses power. */
async function startSilenceable(folder: string) {
  const port = await freePort();
  const server = spawn('redis-server', ['--port', `${port}`, '--save', ''], { cwd: folder });
  onTestFinished(() => {
    server.kill('SIGKILL');
  });
  for await (const text of server.stdout) if (/eady to accept/.test(String(text))) break;
  server.stdout.resume();
  return { url: `redis://127.0.0.1:${port}/0`, silence: () => server.kill('SIGSTOP') };
}

async function startImport(harness: ProgramHarness, origin: string, token: string): Promise<void> {
  const body = new FormData();
  body.append('start', 'true');
  body.append('file', new Blob([crowd(10, 30)]), 'crowd.csv');
  const headers = { authorization: `Bearer ${token}` };
  await fetch(`${origin}/api/imports`, { method: 'POST', headers, body });
  await harness.untilGateIsFull();
}

test.each([
  ['idle', 'serve'],
  ['busy', 'serve'],
  ['idle', 'worker'],
  ['busy', 'worker'],
] as const)(
  '%s, %s ends within 20 seconds when Redis is silent, and logs the reason',
  async (state, command) => {
    const token = 'the-token-of-an-admin';
    const port = await freePort();
    await using harness = await openHarness({}, { ADMIN_TOKEN: token, PORT: `${port}` });
    const redis = await startSilenceable(harness.folder);
    const program = harness.program.with({ REDIS_URL: redis.url });
    await harness.setFaults({ kind: 'gate_answer', method: 'sonet_group.user.invite' });
    const server = program.start('serve', ...(command === 'worker' ? ['--no-worker'] : []));
    await server.prints(/: http:\/\/127\.0\.0\.1:\d+\n/);
    const worker = command === 'worker' ? program.start('worker') : undefined;
    await worker?.prints(/"msg":"worker ready"/);
    const ending = worker ?? server;
    if (state === 'busy') await startImport(harness, `http://127.0.0.1:${port}`, token);
    redis.silence();
    ending.child.kill('SIGTERM');
    await ending.prints(/stopping without Redis/);
    // The requests in flight are answered, and the outcomes are recorded.
    if (state === 'busy') await harness.removeGate();
    const late = new Promise((resolve) => setTimeout(() => resolve('late'), WITHIN_MS).unref());
    expect(await Promise.race([ending.ended, late])).toMatchObject({ code: 0 });
    if (state === 'busy') {
      const status = await harness.program.call('status', '1');
      expect(status.stdout).toMatch(/invited +\d/);
    }
    if (worker !== undefined) {
      server.child.kill('SIGKILL');
      await server.ended;
    }
  },
);
