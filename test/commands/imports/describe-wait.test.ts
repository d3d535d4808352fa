import { describe, expect, test } from 'vitest';
import { describeGroups, describeWait } from '../../../src/commands/imports/describe-wait.ts';
import { BudgetReader } from '../../../src/commands/run/budget-reader.ts';
import type { WaitingGroup } from '../../../src/domain/imports/waiting-group.ts';
import type { GroupId } from '../../../src/domain/pairs/ids.ts';
import { NO_BUDGET_USED } from '../../../src/portal/budget/budget-view.ts';

const at = (time: string) => new Date(`${new Date().toLocaleDateString('sv')}T${time}`);

const group = (given: Partial<WaitingGroup> = {}): WaitingGroup => ({
  ...{ id: 7 as GroupId, step: 'read', code: '100', description: 'Odd', tries: 3 },
  ...{ since: at('10:00:00'), nextTryAt: at('10:05:00'), ...given },
});

describe('the wait of an import', () => {
  test('includes its end where that is known', () => {
    const waits = describeWait({ reason: 'operating', until: at('10:05:00') });
    expect(waits).toBe(
      'waiting: the portal’s server time for invitations is used up, until 10:05:00',
    );
    expect(describeWait({ reason: 'redis', until: undefined })).toMatch(/Redis/);
  });

  test('includes the date unless it is today', () => {
    const until = new Date('2031-03-01T10:05:00');
    expect(describeWait({ reason: 'requests', until })).toMatch(/until 2031-03-01 10:05:00$/);
  });

  test('lists each group with the portal’s error', () => {
    const first = [group(), group({ id: 8 as GroupId, step: 'invite', code: '' })];
    expect(describeGroups({ count: 3, pairs: 9, nextTryAt: at('10:05:00'), first })).toEqual([
      'Group 7 cannot be read (100: Odd), first failure at 10:00:00, next attempt at 10:05:00.',
      'Group 8 accepts no invitations (Odd), first failure at 10:00:00, next attempt at 10:05:00.',
      'and 1 more group',
    ]);
  });
});

describe('BudgetReader', () => {
  test('never waits, and reads once a second', async () => {
    const reads: PromiseWithResolvers<void>[] = [];
    const reader = new BudgetReader(async (pending) => {
      const gate = Promise.withResolvers<void>();
      reads.push(gate);
      await gate.promise;
      return { ...NO_BUDGET_USED, waitMs: pending, waitFor: 'operating' };
    });
    expect(reader.latest(0, 5)).toMatchObject({ waitMs: 0 });
    expect(reader.latest(3_000, 5)).toMatchObject({ waitMs: 0 });
    // No answer for more than three seconds.
    expect(reader.latest(3_001, 5)).toMatch(/^Redis does not answer/);
    reads[0]?.resolve();
    await expect.poll(() => reader.latest(3_002, 5)).toMatchObject({ waitMs: 5 });
    expect(reads).toHaveLength(2);
  });

  test.each([
    ['OOM command not allowed', /accepts no writes .* more memory/],
    ['ERR what', /does not answer/],
  ])('explains the error of Redis: %s', async (message, words) => {
    const error = Object.assign(new Error(message), { name: 'ReplyError' });
    const reader = new BudgetReader(() => Promise.reject(error));
    reader.latest(0, 1);
    await expect.poll(() => reader.latest(1, 1)).toMatch(words);
  });
});
