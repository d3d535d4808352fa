import { expect, test } from 'vitest';
import { Secret } from '../../src/domain/text/secret.ts';
import { sign } from '../../src/notify/sign.ts';

test('the signature equals that of openssl', () => {
  // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac correct-horse-battery
  expect(sign('{"a":1}', new Secret('correct-horse-battery'), 1_700_000_000)).toBe(
    't=1700000000,v1=f6a0700e04bb6b78b44aa6d2fca45282525e9cd248c9db2bf19dae98b5e69abe',
  );
});
