import { describe, expect, test } from 'vitest';
import { isAboutMethod } from '../../../src/portal/http/failure.ts';
import { remedyCodeOf, remedyFor } from '../../../src/portal/http/remedy.ts';

describe('there is a remedy for', () => {
  test.each([
    ['NO_AUTH_FOUND', 'BITRIX24_WEBHOOK_URL'],
    ['INVALID_CREDENTIALS', 'found in public'],
    ['expired_token', 'expiry date'],
    ['authorization_error', 'not active any more'],
    ['PAYMENT_REQUIRED', 'subscription'],
    ['insufficient_scope', 'sonet_group'],
    ['ACCESS_DENIED', 'administrator'],
    ['user_access_error', 'administrator'],
    ['OVERLOAD_LIMIT', 'support'],
    ['PORTAL_DELETED', 'address'],
    ['INVALID_REQUEST', 'https'],
    ['ERROR_METHOD_NOT_FOUND', 'module'],
    ['REDIRECT', 'renamed'],
    ['ECONNREFUSED', 'network'],
    ['ENOTFOUND', 'host'],
    ['ECONNRESET', 'network'],
    ['TIMEOUT', 'network'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
    ['CERT_HAS_EXPIRED', 'clock'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'host'],
    ['PROXY_UNREACHABLE', 'host and port'],
    ['PROXY_407', 'user and password to HTTPS_PROXY'],
    ['PROXY_403', 'allow'],
    ['PROXY_ENDED', 'does not reach the portal'],
    ['SOMETHING_NEW', 'administrator'],
    ['', 'administrator'],
  ])('%j', (code, hint) => {
    const remedy = remedyFor({ code, description: '' });
    expect(remedy).toContain(hint);
    expect(remedyFor({ code: code.toLowerCase(), description: '' })).toBe(remedy);
  });
});

test.each([
  ['REST is available only by subscription.', 'renew_subscription', false],
  ['REST is available only on commercial plans.', 'change_plan', false],
  ['REST API is available only on commercial plans', 'change_plan', false],
  ['Available only on extended plans', 'change_plan', false],
  ["Current user can't be authorized in this context", 'ask_for_rest', true],
  ['Access denied!', 'ask_for_rest', true],
  ['', 'ask_for_rest', true],
])('ACCESS_DENIED with %j has the remedy %s', (description, remedy, isAboutOne) => {
  for (const code of ['ACCESS_DENIED', 'access_denied']) {
    expect(remedyCodeOf({ code, description })).toBe(remedy);
    // Without a plan or a subscription, every other method is refused too.
    expect(isAboutMethod({ code, description })).toBe(isAboutOne);
  }
});
