import { describe, expect, test } from 'vitest';
import {
  type ImportWait,
  importWait,
  type WaitFacts,
} from '../../../src/domain/imports/import-wait.ts';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const at = (seconds: number) => new Date(NOW + seconds * 1_000);
const groups = (pairs: number) => ({ count: 1, pairs, nextTryAt: at(40), first: [] });

const FREE: WaitFacts = {
  ...{ now: NOW, pending: 5, hold: undefined, groups: undefined, isElsewhere: false },
  budget: { waitMs: 0, waitFor: 'requests' },
};

describe('an import waits for', () => {
  test.each<[string, Partial<WaitFacts>, ImportWait['reason'] | undefined, Date | undefined]>([
    ['nothing', {}, undefined, undefined],
    ['the end of a hold', { hold: { probeAt: at(9) } }, 'hold', at(9)],
    [
      'the end of a hold rather than Redis',
      { hold: { probeAt: at(9) }, budget: undefined },
      'hold',
      at(9),
    ],
    ['Redis', { budget: undefined }, 'redis', undefined],
    [
      'nothing, during a short wait',
      { budget: { waitMs: 2_999, waitFor: 'requests' } },
      undefined,
      undefined,
    ],
    [
      'a place in the bucket',
      { budget: { waitMs: 3_000, waitFor: 'requests' } },
      'requests',
      at(3),
    ],
    ['server seconds', { budget: { waitMs: 60_000, waitFor: 'operating' } }, 'operating', at(60)],
    ['the remaining groups', { groups: groups(5) }, 'groups', at(40)],
    ['nothing, while other groups continue', { groups: groups(4) }, undefined, undefined],
    ['the end of quiet hours', { quietUntil: at(60), groups: groups(5) }, 'quiet_hours', at(60)],
    ['the end of a hold', { hold: { probeAt: at(9) }, quietUntil: at(60) }, 'hold', at(9)],
    ['another import', { isElsewhere: true }, 'import', undefined],
  ])('%s', (_, facts, reason, until) => {
    const wait = importWait({ ...FREE, ...facts });
    expect(wait).toEqual(reason === undefined ? undefined : { reason, until });
  });
});
