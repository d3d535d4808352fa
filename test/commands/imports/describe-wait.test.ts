import { describe, expect, test } from 'vitest';
import { describeGroups, describeWait } from '../../../src/commands/imports/describe-wait.ts';
import { BudgetReader } from '../../../src/commands/run/budget-reader.ts';
import type { WaitingGroup } from '../../../src/domain/imports/waiting-group.ts';
import type { GroupId } from '../../../src/domain/pairs/ids.ts';

const at = (time: string) => new Date(`${new Date().toLocaleDateString('sv')}T${time}`);

const group = (given: Partial<WaitingGroup> = {}): WaitingGroup => ({
  ...{ id: 7 as GroupId, step: 'read', code: '100', description: 'Odd', tries: 3 },
  ...{ since: at('10:00:00'), nextTryAt: at('10:05:00'), ...given },
});

describe('what an import waits for is told', () => {
  test('with until when, where that is known', () => {
    const waits = describeWait({ reason: 'operating', until: at('10:05:00') });
    expect(waits).toBe(
      'waiting: the portal’s server time for invitations is used up, until 10:05:00',
    );
    expect(describeWait({ reason: 'redis', until: undefined })).toMatch(/Redis/);
  });

  test('with the day when it is another one', () => {
    const until = new Date('2031-03-01T10:05:00');
    expect(describeWait({ reason: 'requests', until })).toMatch(/until 2031-03-01 10:05:00$/);
  });

  test('group by group, with the portal’s words', () => {
    const first = [group(), group({ id: 8 as GroupId, step: 'invite', code: '' })];
    expect(describeGroups({ count: 3, pairs: 9, nextTryAt: at('10:05:00'), first })).toEqual([
      'Group 7 cannot be read (100: Odd), first failure at 10:00:00, next attempt at 10:05:00.',
      'Group 8 accepts no invitations (Odd), first failure at 10:00:00, next attempt at 10:05:00.',
      'and 1 more group',
    ]);
  });
});

describe('a look at the budget', () => {
  const view = { level: 0, usedSeconds: 0, inFlight: 0, costSeconds: undefined };

  test('waits for nobody, and is taken once a second', async () => {
    const looks: PromiseWithResolvers<void>[] = [];
    const readView = new BudgetReader(async (pending) => {
      const gate = Promise.withResolvers<void>();
      looks.push(gate);
      await gate.promise;
      return { ...view, waitMs: pending, waitFor: 'operating' };
    });
    expect(readView.latest(0, 5)).toMatchObject({ waitMs: 0 });
    expect(readView.latest(3_000, 5)).toMatchObject({ waitMs: 0 });
    // Nobody has answered for more than three seconds.
    expect(readView.latest(3_001, 5)).toMatch(/^Redis does not answer/);
    looks[0]?.resolve();
    await expect.poll(() => readView.latest(3_002, 5)).toMatchObject({ waitMs: 5 });
    expect(looks).toHaveLength(2);
  });

  test.each([
    ['OOM command not allowed', /accepts no writes .* more memory/],
    ['ERR what', /does not answer/],
  ])('says what Redis says: %s', async (message, words) => {
    const error = Object.assign(new Error(message), { name: 'ReplyError' });
    const readView = new BudgetReader(() => Promise.reject(error));
    readView.latest(0, 1);
    await expect.poll(() => readView.latest(1, 1)).toMatch(words);
  });
});
