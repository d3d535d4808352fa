import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Parameter,
  type Parameters,
  queryString,
} from '../../../src/portal/http/query-string.ts';
import { inviteCall, MAX_USERS } from '../../../src/portal/methods/invite.ts';
import { commandOf } from '../../../src/sandbox/rest/batch-command.ts';
import { MAX_INPUT_VARS, parseStr } from '../../../src/sandbox/rest/parse-str.ts';
import type { PhpArray, PhpValue } from '../../../src/sandbox/rest/php-array.ts';
import { anyText, brokenText } from '../../support/any-text.ts';
import { runs } from '../../support/vitest/properties.ts';
import { group, user } from '../portal-ids.ts';

/** @returns the parameters as PHP reads them: every value a string, lists are maps */
function asRead(parameter: Parameter): PhpValue {
  if (typeof parameter !== 'object') return String(parameter).toWellFormed();
  return new Map(Object.entries(parameter).map(([key, inner]) => [key, asRead(inner)]));
}

/** Reads the parameters out of a whole command, as a batch does. */
const readBack = (parameters: Parameters): PhpArray =>
  commandOf(`some.method?${queryString(parameters)}`).parameters;

describe('a query string', () => {
  test.each<[string, Parameters, string]>([
    ['nothing', {}, ''],
    ['numbers', { GROUP_ID: 5, start: -1 }, 'GROUP_ID=5&start=-1'],
    ['a list', { USER_ID: [7, 8] }, 'USER_ID%5B0%5D=7&USER_ID%5B1%5D=8'],
    ['nested maps and lists', { a: { b: [{ c: 'd' }] } }, 'a%5Bb%5D%5B0%5D%5Bc%5D=d'],
    ['characters with a meaning', { a: '#&+%[]=?' }, 'a=%23%26%2B%25%5B%5D%3D%3F'],
    ['what encodeURIComponent leaves', { a: "!'()*" }, 'a=%21%27%28%29%2A'],
    ['line breaks and blanks', { a: 'b \r\n\tc' }, 'a=b%20%0D%0A%09c'],
    ['a wide character', { a: '🎉' }, 'a=%F0%9F%8E%89'],
    ['half of a wide character', { a: 'x\ud83cy' }, 'a=x%EF%BF%BDy'],
    ['a filter', { FILTER: { '>=ID': 1 } }, 'FILTER%5B%3E%3DID%5D=1'],
  ])('of %s', (_, parameters, expected) => {
    expect(queryString(parameters)).toBe(expected);
  });

  const text = fc.oneof(anyText, brokenText);
  const name = fc.stringMatching(/^[A-Za-z]\w{0,8}$/);
  const { parameter } = fc.letrec<{ parameter: Parameter }>((tie) => ({
    parameter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      text,
      fc.integer(),
      fc.array(tie('parameter'), { minLength: 1, maxLength: 4 }),
      fc.dictionary(name, tie('parameter'), { minKeys: 1, maxKeys: 4 }),
    ),
  }));

  test('is read back by a batch as the same nested strings', () => {
    fc.assert(
      fc.property(fc.dictionary(name, parameter, { maxKeys: 5 }), (parameters) => {
        expect(readBack(parameters)).toEqual(asRead(parameters));
      }),
      { numRuns: runs(100) },
    );
  });

  test('contains only characters that are allowed in an address', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(queryString({ value })).toMatch(/^value=([A-Za-z0-9_.~-]|%[0-9A-F]{2})*$/);
      }),
    );
  });

  test('of the largest invitation is read up to its last user', () => {
    const users = Array.from({ length: MAX_USERS }, (_, index) => 2_147_483_647 - index);
    const call = inviteCall({
      groupId: group(2_147_483_647),
      userIds: users.map(user),
      message: 'Welcome & hello!',
    });
    const query = queryString(call.parameters);
    expect(query.split('&').length).toBeLessThanOrEqual(MAX_INPUT_VARS);
    expect(parseStr(query)).toEqual(asRead(call.parameters));
    expect(parseStr(query).get('USER_ID')).toHaveProperty('size', 500);
  });
});
