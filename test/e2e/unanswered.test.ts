import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, SHORT_TIMEOUT, summaryOf } from '../support/office.ts';

const method = 'sonet_group.user.invite';
const seed = plainSeed({ users: 20, groups: 4 });
const PAIRS = 80;

describe.concurrent('a request that gets no answer is confirmed by reading, never simply sent again', () => {
  test.each<[string, Omit<Fault, 'method'>, executed: boolean]>([
    ['dropped before', { kind: 'drop_before' }, false],
    ['dropped after', { kind: 'drop_after' }, true],
    ['a gateway’s 502', { kind: 'html_502' }, false],
    ['a gateway’s 504', { kind: 'html_504' }, true],
    ['an answer cut off', { kind: 'cut_answer' }, true],
    ['an error before', { kind: 'error_500' }, false],
    ['an error after', { kind: 'error_500_after' }, true],
    ['too slow', { kind: 'slow', seconds: 3.98 }, true],
    ['a command that breaks off', { kind: 'command_error' }, false],
  ])('%s', async (_, fault, executed) => {
    await using office = await openOffice({ seed }, SHORT_TIMEOUT);
    await office.setFaults({ ...fault, method, times: 1 });
    const ended = await office.program.call('run', office.file('a.csv', crowd(4, 20)), '--json');
    const { outcomes, reasons } = summaryOf(ended);
    expect(outcomes).toMatchObject({ invited: PAIRS, pending: 0 });
    if (!executed) expect(reasons).toEqual({ returned: PAIRS });
    else if (fault.kind !== 'slow') expect(reasons.confirmed).toBeGreaterThan(0);
    const { notifications } = await office.truth();
    expect(notifications).toHaveLength(PAIRS);
    expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
  });
});
