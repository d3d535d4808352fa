import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { openPortal } from '../sandbox/raw-client.ts';
import { crowd } from '../support/program-harness.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

const method = 'sonet_group.user.invite';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

const PAIRS = 10;
/** Longer than any machine stalls; short for requests that never get an answer. */
const LONG = { timeoutMs: 60_000 };
const SHORT = { timeoutMs: 200 };

test.each<[string, Omit<Fault, 'method'>, executed: boolean, options?: { timeoutMs: number }]>([
  ['dropped before', { kind: 'drop_before' }, false],
  ['dropped after', { kind: 'drop_after' }, true],
  ['a gateway’s 502', { kind: 'html_502' }, false],
  ['a gateway’s 504', { kind: 'html_504' }, true],
  ['an answer cut off', { kind: 'cut_answer' }, true],
  ['an error before', { kind: 'error_500' }, false],
  ['an error after', { kind: 'error_500_after' }, true],
  ['executed after the timeout', { kind: 'gate' }, true, SHORT],
  ['answered after the timeout', { kind: 'gate_answer' }, true, SHORT],
  ['a command that fails midway', { kind: 'command_error' }, false],
])(
  'a request without an answer is confirmed by reading, and never just sent again: %s',
  async (_, fault, executed, options = LONG) => {
    const seed = plainSeed({ users: 6, groups: 2 });
    const { sandbox, control, truth } = await openPortal({ seed });
    const context = pipeline.workFor(sandbox.webhookUrl, { ...options, maxAttempts: 100 });
    const id = await pipeline.start(context, crowd(2, 5));
    await control('faults', [{ ...fault, method, times: 1 }]);
    await pipeline.turn(context, id);
    await control('gate/open', {});
    await sandbox.until(({ inFlight }) => inFlight === 0, AbortSignal.timeout(90_000));
    while ('pending/' in (await pipeline.tallies(id))) {
      await pipeline.db.updateTable('sent_pairs').set({ ends_by: 0 }).execute();
      await pipeline.turn(context, id);
    }
    const {
      'invited/confirmed': confirmed = 0,
      'invited/returned': returned = 0,
      ...others
    } = await pipeline.tallies(id);
    expect({ isConfirmed: confirmed > 0, others }).toEqual({ isConfirmed: executed, others: {} });
    expect(confirmed + returned).toBe(PAIRS);
    const { notifications } = await truth();
    expect(notifications.map(({ count }) => count)).toEqual(Array(PAIRS).fill(1));
  },
);
