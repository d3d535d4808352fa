import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { Secret } from '../../src/domain/text/secret.ts';
import { signedHeaders } from '../../src/notify/sign.ts';

test('signs as openssl does', () => {
  // printf 'msg_1.1700000000.{"a":1}' | openssl dgst -sha256 -hmac correct-horse-battery -binary | base64
  const at = new Date(1_700_000_000_000);
  expect(signedHeaders('msg_1', '{"a":1}', at, new Secret('correct-horse-battery'))).toEqual({
    'webhook-timestamp': '1700000000',
    'webhook-signature': 'v1,jy+Fk6c2hp+z7DQC2aouNikkRDCnhvKxxwrE1x2ehWA=',
  });
});

test.each([
  ['as it is', 'correct-horse-battery', { format: 'raw' } as const],
  ['in base64', `whsec_${Buffer.from('correct-horse-battery').toString('base64')}`, {}],
])('a library of Standard Webhooks verifies a secret %s', (_, secret, options) => {
  const body = '{"event":"import.finished"}';
  const headers = {
    'webhook-id': 'msg_2',
    ...signedHeaders('msg_2', body, new Date(), new Secret(secret)),
  };
  expect(new Webhook(secret, options).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(secret, options).verify(`${body} `, headers)).toThrow();
});
