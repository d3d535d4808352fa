import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { openPortal, smallSeed } from './raw-client.ts';

const SLOW = { GROUP_ID: 5, USER_ID: [2, 3] };

test('rejects when the port is taken', async () => {
  const { sandbox } = await openPortal();
  const port = Number(new URL(sandbox.origin).port);
  await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('closes at once, also with idle and busy connections', async () => {
  const endless = { seed: smallSeed(), inviteSeconds: 100_000 };
  const { sandbox, call, until } = await openPortal(endless);
  const idle = connect(Number(new URL(sandbox.origin).port), '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const ended = new Promise((resolve) => idle.once('close', resolve));
  const working = expect(call('sonet_group.user.invite', SLOW)).rejects.toThrow();
  await until(({ inFlight }) => inFlight === 1);
  await sandbox.close();
  await Promise.all([working, ended]);
  await sandbox.close();
});

test('continues when the client has disconnected, as PHP does', async () => {
  const seeded = { seed: smallSeed(), inviteSeconds: 0.02 };
  const { sandbox, truth, control, until } = await openPortal(seeded);
  await control('faults', [{ kind: 'gate' }]);
  const client = new AbortController();
  const leaving = fetch(`${sandbox.webhookUrl}sonet_group.user.invite`, {
    method: 'POST',
    body: JSON.stringify(SLOW),
    signal: client.signal,
  });
  await until(({ atGate }) => atGate === 1);
  client.abort();
  await expect(leaving).rejects.toThrow();
  await control('gate/open', {});
  await until(({ inFlight }) => inFlight === 0);
  expect((await truth()).invitationsSent).toBe(2);
  expect((await truth()).failures).toEqual([]);
});

test('survives a client that disconnects in the middle of its request', async () => {
  const { sandbox, truth, call, until } = await openPortal();
  const { port, pathname } = new URL(sandbox.webhookUrl);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`POST ${pathname}scope HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{`);
  await until(({ inFlight }) => inFlight === 1);
  socket.destroy();
  await until(({ inFlight }) => inFlight === 0);
  expect((await call('scope')).status).toBe(200);
  expect((await truth()).failures).toEqual([]);
});

test('two sandboxes share nothing, not even a seed', async () => {
  const seed = smallSeed();
  const [one, other] = [await openPortal({ seed }), await openPortal({ seed })];
  await one.call('sonet_group.user.invite', SLOW);
  expect((await other.truth()).invitationsSent).toBe(0);
  expect((await other.call('sonet_group.user.invite', SLOW)).json.result).toEqual([2, 3]);
  expect(seed.groups[0]?.relations.size).toBe(1);
});
