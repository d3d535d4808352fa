import { once } from 'node:events';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { IngestWorkers } from '../../../src/ingest/worker/ingest-workers.ts';
import { READER_THREAD } from '../../../src/platform/assets.ts';
import { signedByAuthority } from '../../portal/certificate.ts';

/** A server that begins TLS as Postgres does, and then closes. */
async function startPostgresTls(identity: { key: string; cert: string }) {
  let trusted = 0;
  const inner = createTlsServer(identity, (guest) => {
    trusted++;
    guest.on('error', () => {}).destroy();
  });
  inner.on('tlsClientError', () => {});
  const server = createServer((guest) => {
    guest.on('error', () => {});
    // The client asks for TLS in eight bytes; S accepts.
    guest.once('data', () => {
      guest.write('S');
      inner.emit('connection', guest);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    ledger: `postgres://ann@localhost:${port}/invites?sslmode=verify-full`,
    trusted: () => trusted,
  };
}

test('threads trust the authorities from .env, as for a Postgres with TLS', async () => {
  const company = signedByAuthority('localhost');
  const { ledger, trusted } = await startPostgresTls(company);
  const purge = { kind: 'purge', ledger, stop: new SharedArrayBuffer(1) } as const;
  for (const authorities of [[], [company.authority]]) {
    const threads = new IngestWorkers(READER_THREAD, { authorities });
    await threads.run(purge, () => {}).catch((error: unknown) => error);
    await threads.close();
    expect(trusted() > 0).toBe(authorities.length > 0);
  }
});
