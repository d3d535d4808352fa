import { describe, expect, test } from 'vitest';
import { invitationsCall, readInvitations } from '../../../src/portal/methods/user-to-group.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { group, user } from '../portal-ids.ts';

const CALLER = user(1);
const MADE = '2026-11-30T09:15:02+03:00';
const MADE_AT = Date.UTC(2026, 10, 30, 6, 15, 2) / 1_000;

const relation = (more: object = {}) => ({
  ...{ userId: 7, role: 'Z', initiatedByType: 'G', initiatedByUserId: 1, dateCreate: MADE },
  ...more,
});
const page = (...relations: unknown[]) => ({ relations });

test('the sandbox lists the caller’s invitations', async () => {
  const portal = await openPortal({ seed: smallSeed() });
  const { method, parameters } = invitationsCall(group(5), CALLER, 0);
  await portal.call('sonet_group.user.invite', { GROUP_ID: 5, USER_ID: [2, 3] });
  await portal.control('relations', [
    { groupId: 5, userId: 4, role: 'Z', initiatorId: 2 },
    { groupId: 5, userId: 5, role: 'Z', initiatedBy: 'U' },
    { groupId: 5, userId: 2, role: 'K' },
  ]);
  const { json } = await portal.call(method, parameters);
  const read = readInvitations(json.result, CALLER);
  expect(read?.invitations.map(({ userId }) => userId)).toEqual(expect.arrayContaining([3, 2]));
  expect(read?.invitations.map(({ userId }) => userId)).not.toContain(4);
  expect(read?.invitations.map(({ userId }) => userId)).not.toContain(5);
  for (const { createdAt } of read?.invitations.slice(0, 2) ?? []) {
    expect(json.time.finish - createdAt).toBeGreaterThanOrEqual(0);
  }
});

describe('a page of relations', () => {
  test.each<[string, unknown, number[]]>([
    ['names the caller’s invitations', page(relation()), [7]],
    ['can contain strings', page(relation({ userId: '7', initiatedByUserId: '1' })), [7]],
    ['can be a map', { relations: { 31: relation(), 40: relation({ userId: 8 }) } }, [7, 8]],
    ['can be empty', page(), []],
    ['can contain other people’s invitations', page(relation({ initiatedByUserId: 2 })), []],
    ['can contain requests to join', page(relation({ initiatedByType: 'U' })), []],
  ])('%s', (_, result, ids) => {
    const read = readInvitations(result, CALLER);
    expect(read?.invitations).toEqual(ids.map((userId) => ({ userId, createdAt: MADE_AT })));
  });

  test('shows the number of all relations and the age of the oldest', () => {
    const older = relation({ initiatedByUserId: 2, dateCreate: '2026-11-29T09:15:02+03:00' });
    expect(readInvitations(page(relation(), older), CALLER)).toMatchObject({
      size: 2,
      oldest: MADE_AT - 86_400,
    });
  });

  test.each(['2026-11-30T06:15:02Z', '2026-11-30T06:15:02.7+0000', '2026-11-30T11:45:02+05:30'])(
    'can have dates in any time zone: %s',
    (dateCreate) => {
      const read = readInvitations(page(relation({ dateCreate })), CALLER);
      expect(read?.oldest).toBe(MADE_AT);
    },
  );

  test.each([
    ['nothing', undefined],
    ['no object', 'x'],
    ['no relations', {}],
    ['an invalid relation', page(7)],
    ['a relation without a user', page(relation({ userId: 'x' }))],
    ['a relation without a date', page(relation({ dateCreate: undefined }))],
    ['a date without a time zone', page(relation({ dateCreate: '2026-11-30T09:15:02' }))],
    ['a date in another format', page(relation({ dateCreate: '30.11.2026 09:15:02' }))],
  ])('with %s is rejected', (_, result) => {
    expect(readInvitations(result, CALLER)).toBeUndefined();
  });
});
