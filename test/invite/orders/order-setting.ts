import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { countToDo } from '../../../src/domain/imports/order.ts';
import { runOrderChunk } from '../../../src/invite/orders/order-turn.ts';
import type { PipelineContext } from '../../../src/invite/pipeline-context.ts';
import { findOrder, readOrderTallies } from '../../../src/ledger/orders/order-store.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { plainSeed } from '../../../src/sandbox/state/seed.ts';
import { openPortal, type Portal } from '../../sandbox/raw-client.ts';
import { unsettledChunks } from '../../support/ledger/unsettled-chunks.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import type { Pipeline } from '../pipeline.ts';

export const NEVER = new AbortController().signal;

/** An import that has invited eight people, on its portal. */
export interface Setting {
  pipeline: Pipeline;
  clock: ManualClock;
  portal: Portal;
  context: PipelineContext;
  id: number;
}

/** @param csv names the eight pairs */
export async function openSetting(
  { pipeline, clock }: Pick<Setting, 'pipeline' | 'clock'>,
  { csv, ...seed }: { csv: string; users: number; groups: number },
  options: Partial<SandboxOptions>,
): Promise<Setting> {
  // Invitations are as old for the portal as for the ledger.
  const now = () => clock.now() / 1_000;
  const portal = await openPortal({ seed: plainSeed(seed), now, ...options });
  const context = pipeline.workFor(portal.sandbox.webhookUrl, {
    timeoutMs: 60_000,
    maxAttempts: 3,
  });
  const id = await pipeline.start(context, csv);
  for (const chunk of await unsettledChunks(pipeline.db, id)) {
    while ((await pipeline.turn(context, id, { chunk })).kind !== 'settled');
  }
  expect(await pipeline.outcomes(id)).toMatchObject({ invited: 8 });
  return { pipeline, clock, portal, context, id };
}

/** @returns how many pairs an order has to do, and the results of the others */
export async function found({ db }: Pipeline, order: number) {
  const tallies = await readOrderTallies(db, order);
  const others = tallies.filter(({ result }) => result !== null);
  return {
    toDo: countToDo(tallies),
    results: Object.fromEntries(others.map((it) => [`${it.result}/${it.reason}`, it.count])),
  };
}

/** Gives an order one turn. */
export const turn = (
  { context, id }: Pick<Setting, 'context' | 'id'>,
  orderId: number,
  signals = { stop: NEVER, abort: NEVER },
) => runOrderChunk(context, { importId: id, orderId, number: 0 }, randomUUID(), signals);

/** Gives turns until the order is finished. */
export async function finish(setting: Setting, order: number): Promise<void> {
  const { pipeline, clock } = setting;
  for (let turns = 0; turns < 20; turns++) {
    const result = await turn(setting, order);
    if ((await findOrder(pipeline.db, order))?.state === 'finished') return;
    if (result.kind === 'later') clock.pass(result.afterMs);
  }
  throw new Error('the order does not finish');
}
