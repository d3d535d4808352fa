import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  inviteCall,
  isGroupNotFound,
  needsDirectCall,
  readInvited,
} from '../../../src/portal/methods/invite.ts';
import { expandReferences } from '../../../src/sandbox/rest/batch-reference.ts';
import { phpList, phpRecord } from '../../../src/sandbox/rest/php-array.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { anyText } from '../../support/any-text.ts';
import { group, user } from '../portal-ids.ts';

describe('an invitation', () => {
  test('carries its message', () => {
    const command = { groupId: group(5), userIds: [user(2), user(3)], message: 'Welcome!' };
    expect(inviteCall(command)).toEqual({
      method: 'sonet_group.user.invite',
      parameters: { GROUP_ID: 5, USER_ID: [2, 3], MESSAGE: 'Welcome!' },
    });
  });

  test('can have no message', () => {
    const { parameters } = inviteCall({ groupId: group(5), userIds: [user(2)], message: null });
    expect(parameters).toEqual({ GROUP_ID: 5, USER_ID: [2] });
  });
});

describe('the list of invited users', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 2_147_483_647 }), { maxLength: 500 });
  const sent = fc.boolean();

  test('is read from lists and maps, of numbers and strings', () => {
    fc.assert(
      fc.property(ids, sent, sent, (invited, asText, asMap) => {
        const values = invited.map((id) => (asText ? String(id) : id));
        // As in a JSON answer, where only the text shows which of the two it is.
        const printed = JSON.stringify(asMap ? { ...values } : values);
        expect(readInvited(JSON.parse(printed))).toEqual(new Set(invited));
      }),
    );
  });

  test('contains unrequested ids too, and each id once', () => {
    expect(readInvited([5, '5', 99, 6])).toEqual(new Set([5, 99, 6]));
    expect(readInvited({ 3: '7', 9: 8 })).toEqual(new Set([7, 8]));
  });

  test('can be empty', () => {
    expect(readInvited([])).toEqual(new Set());
    expect(readInvited({})).toEqual(new Set());
  });

  test.each([
    [undefined],
    [null],
    [true],
    [false],
    [7],
    ['7'],
    [''],
    [['7', 'x']],
    [[1.5]],
    [['1,2']],
    [[{ ID: 7 }]],
    [{ 0: 7, error: 'x' }],
    [{ USER_ID: [7, 8] }],
  ])('is not known from %j', (result) => {
    expect(readInvited(result)).toBeUndefined();
  });

  // Number() turns all of these into ids: true is person 1, [7] is person 7.
  test.each([[[null]], [[true]], [['']], [[' ']], [[[7]]], [['0x7']], [{ success: true }]])(
    'is not known from %j',
    (result) => {
      expect(readInvited(result)).toBeUndefined();
    },
  );

  test.each([
    [5, [2, 3], [2, 3]],
    [5, [1, 2, 999], [2]],
    [6, [2, 3, 4, 5, 6, 7], []],
    [6, [8, 10, 11], [10, 11]],
  ])('comes from the portal for group %i and users %j', async (groupId, userIds, invited) => {
    const { method, parameters } = inviteCall({
      groupId: group(groupId),
      userIds: userIds.map(user),
      message: null,
    });
    const { call } = await openPortal({ seed: smallSeed() });
    expect(readInvited((await call(method, parameters)).json.result)).toEqual(new Set(invited));
  });
});

describe('a message that the portal would change in a batch goes directly', () => {
  test.each([
    ['$result[c0]', true],
    ['See $result[c0][0] and come', true],
    ['$$result[a]', true],
    ['result[c0]', false],
    ['$result', false],
    ['$result (c0)', false],
    ['$ result[c0]', false],
    ['It costs $5 [net]', false],
    ['', false],
    [null, false],
  ])('%j: %s', (message, direct) => {
    expect(needsDirectCall(message)).toBe(direct);
  });

  // As the portal stores them while it reads the third of three commands.
  const results = {
    result: phpRecord({ c0: phpList(['7', '8']) }),
    error: phpRecord({ c1: phpRecord({ error_description: 'Wrong group ID' }) }),
    total: phpRecord({ c0: 2 }),
    next: phpRecord({}),
    time: phpRecord({ c0: phpRecord({ duration: 0.25 }) }),
  };
  const arrives = (message: string) =>
    expandReferences(phpRecord({ MESSAGE: message }), results).get('MESSAGE');

  test('and one without references arrives unchanged', () => {
    fc.assert(
      fc.property(anyText, (message) => {
        fc.pre(!/\$(result|error|total|next|time)/i.test(message));
        expect(needsDirectCall(message)).toBe(false);
        expect(arrives(message)).toBe(message);
      }),
    );
  });

  // The portal expands all of its maps by their names, in upper and lower case, and searches for
  // brackets up to the next blank.
  test.each([
    '$time[c0][duration]',
    'It took $time[c0][duration] s',
    '$total[c0]',
    '$error[c1][error_description]',
    '$next[week]',
    '$RESULT[c0]',
    '$result_of[c0]',
    // Not a blank for PHP, which compares bytes.
    '$total\u00a0[c0]',
    '$time\u2028[c0][duration]',
  ])('%j', (message) => {
    expect(arrives(message)).not.toBe(message);
    expect(needsDirectCall(message)).toBe(true);
  });
});

describe('a group that the caller cannot see', () => {
  test.each([
    [7, true],
    [999, true],
    [5, false],
  ])('is recognized for group %i: %s', async (groupId, expected) => {
    const { call } = await openPortal({ seed: smallSeed() });
    const answer = await call('sonet_group.user.invite', { GROUP_ID: groupId, USER_ID: [2] });
    const { error: code, error_description: description = '' } = answer.json;
    expect(code !== undefined && isGroupNotFound({ code, description })).toBe(expected);
  });

  test.each([
    ['', 'Socialnetwork group not found', true],
    ['', 'Socialnetwork group not found.<br>', true],
    ['SONET_CONTROLLER_WORKGROUP_NOT_FOUND', 'Workgroup not found.', true],
    ['', 'Wrong group ID', false],
    ['', 'Wrong user IDs', false],
    ['', '', false],
    ['ERROR_METHOD_NOT_FOUND', 'Method of group not found', false],
  ])('code %j with %j: %s', (code, description, expected) => {
    expect(isGroupNotFound({ code, description })).toBe(expected);
  });
});
