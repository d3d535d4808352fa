import { describe, expect, test } from 'vitest';
import { remedyFor } from '../../../src/portal/http/remedy.ts';

describe('there is a remedy for', () => {
  test.each([
    ['NO_AUTH_FOUND', 'BITRIX24_WEBHOOK_URL'],
    ['INVALID_CREDENTIALS', 'BITRIX24_WEBHOOK_URL'],
    ['expired_token', 'BITRIX24_WEBHOOK_URL'],
    ['insufficient_scope', 'sonet_group'],
    ['ACCESS_DENIED', 'administrator'],
    ['user_access_error', 'administrator'],
    ['OVERLOAD_LIMIT', 'support'],
    ['PORTAL_DELETED', 'address'],
    ['INVALID_REQUEST', 'https'],
    ['ERROR_METHOD_NOT_FOUND', 'module'],
    ['REDIRECT', 'moved'],
    ['ECONNREFUSED', 'network'],
    ['ENOTFOUND', 'host'],
    ['ECONNRESET', 'network'],
    ['TIMEOUT', 'network'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
    ['CERT_HAS_EXPIRED', 'clock'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'host'],
    ['PROXY_UNUSED', 'NODE_USE_ENV_PROXY=1'],
    ['PROXY_407', 'user and password into HTTPS_PROXY'],
    ['PROXY_ENDED', 'HTTPS_PROXY'],
    ['SOMETHING_NEW', 'administrator'],
    ['', 'administrator'],
  ])('%j', (code, hint) => {
    expect(remedyFor(code)).toContain(hint);
    expect(remedyFor(code.toLowerCase())).toBe(remedyFor(code));
  });
});
