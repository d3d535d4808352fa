import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { plainSeed } from '../../src/sandbox/seed.ts';
import { crowd, openOffice, readResults, summaryOf } from '../support/office.ts';

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
    ['too slow', { kind: 'slow', seconds: 0.75 }, true],
    ['a command that breaks off', { kind: 'command_error' }, false],
  ])('%s', async (_, fault, executed) => {
    await using office = await openOffice({ seed });
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

describe.concurrent('a webhook with fewer scopes lets the program say less', () => {
  test('what got no answer is unknown, with the scope that would tell more', async () => {
    await using office = await openOffice({ seed, scopes: ['sonet_group', 'user'] });
    await office.setFaults({ kind: 'drop_after', method, times: 1 });
    const ended = await office.program.call('run', office.file('a.csv', crowd(1, 20)), '--json');
    expect(ended.stderr.match(/lacks the scope socialnetwork/g)).toHaveLength(1);
    expect(ended.code).toBe(2);
    const { reasons, results } = summaryOf(ended);
    expect(reasons).toEqual({ no_answer: 20 });
    expect(readResults(results)[0]?.detail).toContain('socialnetwork');
  });

  test('whom the portal left out is declined, with the scope that would tell more', async () => {
    await using office = await openOffice({ seed, scopes: ['sonet_group'] });
    const file = office.file('a.csv', 'group,user\n1,2\n1,999\n');
    const ended = await office.program.call('run', file, '--json');
    const { reasons, results } = summaryOf(ended);
    expect(reasons).toEqual({ returned: 1, declined: 1 });
    expect(readResults(results)[1]?.detail).toMatch(/socialnetwork.*user/);
  });
});
