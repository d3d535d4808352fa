import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_MESSAGE_CHARACTERS } from '../../src/domain/imports/message.ts';
import type { GroupId, UserId } from '../../src/domain/pairs/ids.ts';
import type { Pair } from '../../src/domain/pairs/pair.ts';
import { MAX_BYTES, type PackedRequest, pack } from '../../src/invite/pack.ts';
import { encodedLength, queryString } from '../../src/portal/http/query-string.ts';
import { inviteCall } from '../../src/portal/methods/invite.ts';

/** The length of a request's body in bytes; it is all ASCII. */
function bytesOf(request: PackedRequest): number {
  const cmd = request.map(({ command }, at) => {
    const { method, parameters } = inviteCall(command);
    return [`c${at}`, `${method}?${queryString(parameters)}`];
  });
  return JSON.stringify({ halt: 0, cmd: Object.fromEntries(cmd) }).length;
}

/** Pairs of `users` people in each of `groups` groups, with one text per group. */
const invited = (groups: number, text: (group: number) => string, users = 1): Pair[] =>
  Array.from({ length: groups * users }, (_, at) => {
    const group = 1 + Math.floor(at / users);
    const [groupId, userId] = [group as GroupId, (2_000_000_000 + at) as UserId];
    return { seq: at + 1, groupId, userId, message: text(group), attempts: 0 };
  });

const long = (letter: string) => (group: number) =>
  `${group} `.padEnd(MAX_MESSAGE_CHARACTERS, letter);

describe('a request', () => {
  test.each([
    ['Latin', 'a', 50],
    ['Cyrillic', 'я', 8],
    ['Chinese', '語', 5],
    ['short ones', '', 50],
  ])('holds as many of the longest texts as a web server accepts: %s', (_, letter, commands) => {
    const text = letter === '' ? (group: number) => `Hello ${group}` : long(letter);
    const requests = pack(invited(100, text), Number.MAX_SAFE_INTEGER);
    expect(requests.flatMap((request) => request.flatMap(({ pairs }) => pairs))).toHaveLength(100);
    for (const request of requests) expect(bytesOf(request)).toBeLessThanOrEqual(MAX_BYTES);
    expect(requests[0]?.length).toBeGreaterThanOrEqual(commands - 2);
  });

  test('with a single command may be larger', () => {
    const requests = pack(
      invited(2, (group) => `${group}${'я'.repeat(500_000)}`),
      100,
    );
    expect(requests.map((request) => request.length)).toEqual([1, 1]);
  });

  test('with many people and a long text stays within the limit as well', () => {
    const requests = pack(invited(4, long('я'), 700), Number.MAX_SAFE_INTEGER);
    for (const request of requests) expect(bytesOf(request)).toBeLessThanOrEqual(MAX_BYTES);
  });
});

test('computes the encoded length of a text without encoding it', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('a', 'я', '語', '🎉', '\ud83c', '\udf89', '!', ' ', '\n') }),
  );
  fc.assert(
    fc.property(text, (message) => {
      expect(encodedLength(message)).toBe(queryString({ m: message }).length - 2);
    }),
  );
});
