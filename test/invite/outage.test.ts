import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PipelineContext } from '../../src/invite/pipeline-context.ts';
import { readHold, tryNow } from '../../src/ledger/delivery/holds.ts';
import type { FaultKind } from '../../src/sandbox/faults.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { openPortal } from '../sandbox/raw-client.ts';
import { runChunks } from '../support/invite/run-chunks.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { crowd } from '../support/program-harness.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

const clock = new ManualClock();
const MINUTE = 60_000;

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline(clock);
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** A portal that fails in some way, and an import of two hundred pairs. */
async function failing(kind: FaultKind, maxAttempts = 5) {
  const portal = await openPortal({ seed: plainSeed({ users: 20, groups: 10 }) });
  const context = pipeline.workFor(portal.sandbox.webhookUrl, { maxAttempts });
  const id = await pipeline.start(context, crowd(10, 20));
  await portal.control('faults', [{ kind }]);
  return {
    ...{ ...portal, context, id },
    repair: () => portal.control('faults', undefined, 'DELETE'),
    /** Runs the import to its end, or for a number of minutes. */
    run: (minutes = Number.POSITIVE_INFINITY) =>
      runChunks(pipeline, context, clock, [id], clock.now() + minutes * MINUTE),
  };
}

const holdOf = ({ client }: PipelineContext) => readHold(pipeline.db, client.webhook.portal);

describe('a portal that answers nothing', () => {
  test.each<[FaultKind, number, number]>([
    ['html_502', 20, 30],
    ['drop_before', 6, 20],
    ['error_500', 6, 20],
    ['html_504', 6, 20],
  ])(
    '(%s) for %i minutes is held, costs a few requests, and fails no pair',
    async (kind, minutes, requests) => {
      const { context, id, repair, run, truth } = await failing(kind);
      await run(minutes);
      // Three requests until the hold, and a probe every five minutes after shorter pauses.
      expect((await truth()).requests).toBeLessThan(requests);
      expect(await holdOf(context)).toMatchObject({ code: 'NO_ANSWER' });
      expect(await pipeline.tallies(id)).toEqual({ 'pending/': 200 });

      await repair();
      await run();
      expect(await pipeline.outcomes(id)).toMatchObject({ invited: 200, pending: 0 });
      const { notifications } = await truth();
      expect(notifications).toHaveLength(200);
      expect(notifications.filter(({ count }) => count !== 1)).toEqual([]);
      expect(await holdOf(context)).toBeUndefined();
    },
  );

  test.each<FaultKind>(['drop_after', 'html_502'])(
    'costs no pair its only attempt, nights in a row: %s',
    async (kind) => {
      const { id, control, repair, run } = await failing(kind, 1);
      for (let night = 0; night < 2; night++) {
        await control('faults', [{ kind }]);
        await run(10);
        await repair();
        await run(0.02);
      }
      await run();
      expect(await pipeline.outcomes(id)).toMatchObject({ invited: 200, failed: 0, unknown: 0 });
    },
  );

  test('is probed at once on “try now”', async () => {
    const { context, repair, run } = await failing('html_502');
    await run(20);
    expect((await holdOf(context))?.probes).toBeGreaterThan(3);
    await repair();
    await tryNow(pipeline.db, context.client.webhook.portal);
    await run(0.05);
    expect(await holdOf(context)).toBeUndefined();
  });
});

test('a moment without an answer costs no pair its only attempt', async () => {
  const { id, control, run } = await failing('html_502', 1);
  await control('faults', [{ kind: 'html_502', method: 'sonet_group.user.invite', times: 2 }]);
  await run();
  expect(await pipeline.outcomes(id)).toMatchObject({ invited: 200, failed: 0 });
});

test('fails pairs after three requests without an answer while the portal answers everything else', async () => {
  const { id, context, control, run, truth } = await failing('html_502', 1);
  await control('faults', [{ kind: 'html_502', method: 'sonet_group.user.invite' }]);
  await run();
  expect(await pipeline.tallies(id)).toEqual({ 'failed/portal_error': 200 });
  expect((await truth()).invitationsSent).toBe(0);
  expect(await holdOf(context)).toBeUndefined();
});

test('a group that cannot be read while the portal answers uses up attempts, and causes no hold', async () => {
  const { id, context, control, run } = await failing('error_500', 2);
  await control('faults', [
    { kind: 'error_500', method: 'socialnetwork.api.workgroup.get' },
    { kind: 'error_500_after', method: 'sonet_group.user.invite', times: 2 },
  ]);
  await run();
  const { invited, unknown } = await pipeline.outcomes(id);
  expect(invited + unknown).toBe(200);
  expect(unknown).toBeGreaterThan(0);
  expect(await holdOf(context)).toBeUndefined();
});
