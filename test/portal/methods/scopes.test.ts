import { describe, expect, test } from 'vitest';
import {
  describeMissing,
  readScopes,
  requireEmails,
  SCOPE,
} from '../../../src/portal/methods/scopes.ts';
import { openPortal } from '../../sandbox/raw-client.ts';

test('a webhook reports its scopes', async () => {
  const { call } = await openPortal({ scopes: ['sonet_group', 'user_brief'] });
  const { result } = (await call(SCOPE)).json;
  expect(readScopes(result)).toEqual(new Set(['sonet_group', 'user_brief']));
});

test.each<[unknown, string[] | undefined]>([
  [[], []],
  [{ 1: 'user', 2: 'task' }, ['user', 'task']],
  [null, undefined],
  ['user', undefined],
  [true, undefined],
])('scopes are read from %j', (result, scopes) => {
  expect(readScopes(result)).toEqual(scopes && new Set(scopes));
});

describe('the missing scopes are described', () => {
  test.each([
    [['sonet_group', 'socialnetwork', 'user'], []],
    [['sonet_group', 'socialnetwork', 'user_basic'], []],
    [['sonet_group', 'socialnetwork', 'user_brief'], []],
    [['sonet_group', 'user'], ['scope socialnetwork']],
    [['sonet_group', 'socialnetwork', 'user.userfield'], ['scope user']],
    [['sonet_group'], ['scope socialnetwork', 'scope user']],
  ])('for the scopes %j', (scopes, missing) => {
    const reported = describeMissing(new Set(scopes));
    expect(reported).toEqual(missing.map((name) => expect.stringContaining(name)));
  });
});

describe('people can be found by their addresses', () => {
  test.each([
    [['user'], undefined],
    [['user_basic', 'user_brief'], undefined],
    [['user_brief'], 'user_brief does not show addresses'],
    [['user.userfield'], 'lacks the scope user'],
    [[], 'lacks the scope user'],
  ])('with the scopes %j, or the problem is %s', (scopes, problem) => {
    const check = () => requireEmails(new Set(scopes));
    if (problem === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(problem);
  });
});
