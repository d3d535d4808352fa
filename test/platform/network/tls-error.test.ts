import { expect, test } from 'vitest';
import { readConnectionError } from '../../../src/platform/network/connection-error.ts';

const openssl = (reason: string) =>
  `406D42D9B77F0000:error:0A00010B:SSL routines:ssl3_read_bytes:${reason}:../deps/openssl/ssl/x.c:77:`;
const PLAIN = 'the server does not use TLS on this port';

test.each([
  ['EPROTO', `write EPROTO ${openssl('wrong version number')}`, 'WRONG_VERSION_NUMBER', PLAIN],
  ['ERR_SSL_WRONG_VERSION_NUMBER', openssl('wrong version number'), 'WRONG_VERSION_NUMBER', PLAIN],
  ['EPROTO', openssl('packet length too long'), 'PACKET_LENGTH_TOO_LONG', PLAIN],
  [
    'EPROTO',
    `${openssl('tlsv1 alert protocol version')}SSL alert number 70`,
    'TLSV1_ALERT_PROTOCOL_VERSION',
    'TLS: tlsv1 alert protocol version',
  ],
])('%s of OpenSSL, %s, is %s in words', (code, message, reason, description) => {
  const error = Object.assign(new Error(message), { code });
  const found = { code: `ERR_SSL_${reason}`, description };
  expect(readConnectionError(error, undefined, false)).toEqual(found);
  expect(readConnectionError(error, 'proxy:3128', false)).toEqual(found);
});

test('a server that has taken the request used TLS before', () => {
  const error = new Error(openssl('wrong version number'));
  expect(readConnectionError(error, undefined, true).description).toBe('TLS: wrong version number');
});
