import { expect, test } from 'vitest';
import { checkCertificate } from '../../../src/doctor/checks/certificate-check.ts';
import { certificateFaultIn } from '../../../src/domain/errors/certificate-fault.ts';
import { remedyCodeOf } from '../../../src/portal/http/remedy.ts';
import { explainRedisError } from '../../../src/redis/redis-errors.ts';

/** All codes that Node.js documents ("X509 certificate error codes", tls), except for a lack of memory. */
test.each([
  ['UNABLE_TO_GET_ISSUER_CERT', 'untrusted'],
  ['UNABLE_TO_GET_CRL', 'untrusted'],
  ['UNABLE_TO_DECRYPT_CERT_SIGNATURE', 'untrusted'],
  ['UNABLE_TO_DECRYPT_CRL_SIGNATURE', 'untrusted'],
  ['UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'untrusted'],
  ['CERT_SIGNATURE_FAILURE', 'untrusted'],
  ['CRL_SIGNATURE_FAILURE', 'untrusted'],
  ['CERT_NOT_YET_VALID', 'unfit'],
  ['CERT_HAS_EXPIRED', 'unfit'],
  ['CRL_NOT_YET_VALID', 'untrusted'],
  ['CRL_HAS_EXPIRED', 'untrusted'],
  ['ERROR_IN_CERT_NOT_BEFORE_FIELD', 'unfit'],
  ['ERROR_IN_CERT_NOT_AFTER_FIELD', 'unfit'],
  ['ERROR_IN_CRL_LAST_UPDATE_FIELD', 'untrusted'],
  ['ERROR_IN_CRL_NEXT_UPDATE_FIELD', 'untrusted'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
  ['CERT_CHAIN_TOO_LONG', 'untrusted'],
  ['CERT_REVOKED', 'unfit'],
  ['INVALID_CA', 'untrusted'],
  ['PATH_LENGTH_EXCEEDED', 'untrusted'],
  ['INVALID_PURPOSE', 'unfit'],
  ['CERT_UNTRUSTED', 'untrusted'],
  ['CERT_REJECTED', 'untrusted'],
  ['HOSTNAME_MISMATCH', 'unfit'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'unfit'],
  ['ERR_TLS_CERT_ALTNAME_FORMAT', 'unfit'],
])('%s means a certificate that is %s, in every place', (code, fault) => {
  expect(certificateFaultIn(code)).toBe(fault);
  expect(remedyCodeOf({ code, description: '' })).toBe(
    fault === 'untrusted' ? 'trust_certificate' : 'check_certificate',
  );
  const error = Object.assign(new Error('a certificate'), { code });
  const { remedy } = explainRedisError({ kind: 'url', url: 'rediss://redis.example' }, error);
  expect(remedy).toMatch(fault === 'untrusted' ? /NODE_EXTRA_CA_CERTS/ : /host name|Renew/);
  const failure = { kind: 'not_sent', code, description: '' } as const;
  const way = { portal: 'p.example', usesTls: true, isChecked: true };
  const found = checkCertificate({ ...way, failure, endsAt: undefined, now: 0 });
  expect(found?.code).toBe('certificate_refused');
});

test.each(['ECONNRESET', 'OUT_OF_MEM', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', ''])(
  '%j is not about a certificate',
  (code) => {
    expect(certificateFaultIn(code)).toBeUndefined();
  },
);
