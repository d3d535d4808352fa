import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { startHarnessRedisAt } from '../../e2e/redis/redis-server.ts';
import { selfSigned } from '../../portal/certificate.ts';
import { crowd, openHarness, summaryOf } from '../../support/program-harness.ts';
import { freePort } from '../../support/services/free-port.ts';

test('a Redis with TLS and a password works when its certificate is trusted', async () => {
  await using harness = await openHarness({ seed: plainSeed({ users: 10, groups: 2 }) });
  const { key, cert } = selfSigned();
  const [keyFile, certFile] = [join(harness.folder, 'key'), join(harness.folder, 'cert')];
  writeFileSync(keyFile, key);
  writeFileSync(certFile, cert);
  const port = await freePort();
  await using _redis = await startHarnessRedisAt(
    port,
    harness.folder,
    ...['--port', '0', '--tls-port', String(port), '--requirepass', 'of Redis'],
    ...['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-auth-clients', 'no'],
    ...['--tls-ca-cert-file', certFile, '--maxmemory-policy', 'noeviction'],
  );
  const program = harness.program.with({ REDIS_URL: `rediss://:of%20Redis@127.0.0.1:${port}/1` });
  const file = harness.file('a.csv', crowd(2, 10));

  const untrusted = await program.callInProcess('run', file);
  expect(untrusted.code).toBe(1);
  expect(untrusted.stderr).toMatch(
    /^error: Cannot connect to Redis at rediss:\/\/:\*\*\*@127\.0\.0\.1:\d+\/1: self-signed certificate \(\w+\)\n {7}Its certificate is not signed .* NODE_EXTRA_CA_CERTS .*\.\n$/,
  );
  expect(untrusted.stderr).not.toMatch(/of( |%20)Redis/);

  const trusting = program.with({ NODE_EXTRA_CA_CERTS: certFile });
  const summary = summaryOf(await trusting.callInProcess('run', file, '--json'));
  expect(summary.outcomes).toMatchObject({ invited: 20 });
});
