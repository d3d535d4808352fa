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
/** As long as no machine stalls; for what never gets an answer, as short as may be. */
const PATIENT = { timeoutMs: 60_000 };
const IMPATIENT = { timeoutMs: 200 };

test.each<[string, Omit<Fault, 'method'>, executed: boolean, options?: { timeoutMs: number }]>([
  ['dropped before', { kind: 'drop_before' }, false],
  ['dropped after', { kind: 'drop_after' }, true],
  ['a gateway’s 502', { kind: 'html_502' }, false],
  ['a gateway’s 504', { kind: 'html_504' }, true],
  ['an answer cut off', { kind: 'cut_answer' }, true],
  ['an error before', { kind: 'error_500' }, false],
  ['an error after', { kind: 'error_500_after' }, true],
  ['executed after it was given up', { kind: 'gate' }, true, IMPATIENT],
  ['answered after it was given up', { kind: 'gate_answer' }, true, IMPATIENT],
  ['a command that breaks off', { kind: 'command_error' }, false],
])(
  'a request that gets no answer is confirmed by reading, never simply sent again: %s',
  async (_, fault, executed, options = PATIENT) => {
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
