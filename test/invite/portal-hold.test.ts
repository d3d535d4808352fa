import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inviteDelivery } from '../../src/invite/operations/invite/invite-delivery.ts';
import { pack } from '../../src/invite/pack.ts';
import type { ChunkResult, PipelineContext } from '../../src/invite/pipeline-context.ts';
import { send } from '../../src/invite/send.ts';
import { putOnHold, readHold, tryNow } from '../../src/ledger/delivery/holds.ts';
import { readSent } from '../../src/ledger/delivery/read-sent.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import { plainSeed } from '../../src/sandbox/state/seed.ts';
import { claimed } from '../ledger/sample-pairs.ts';
import { json, startOddServer } from '../portal/faulty-server.ts';
import { openPortal, type Portal } from '../sandbox/raw-client.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { crowd } from '../support/program-harness.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

const clock = new ManualClock();
const MINUTE = 60_000;

let pipeline: Pipeline;
let sandbox: Portal;
let context: PipelineContext;
let id: number;

beforeAll(async () => {
  pipeline = await openPipeline(clock);
});
afterAll(() => pipeline[Symbol.asyncDispose]());
beforeEach(async () => {
  sandbox = await openPortal({ seed: plainSeed({ users: 10, groups: 3 }) });
  context = pipeline.workFor(sandbox.sandbox.webhookUrl);
  id = await pipeline.start(context, crowd(1, 5));
});

/** Holds the portal; the next probe is allowed after `ms` milliseconds. */
const holdIt = (ms: number) =>
  putOnHold(
    ...[pipeline.db, context.client.webhook.portal],
    { code: 'OVERLOAD_LIMIT', description: 'blocked', remedy: 'Wait.', notifyInMs: 0 },
    () => ms,
  );
const hold = () => readHold(pipeline.db, context.client.webhook.portal);
const faults = (...list: unknown[]) => sandbox.control('faults', list);
const SETTLED: ChunkResult = { kind: 'settled' };
const HELD: ChunkResult = { kind: 'held', code: 'OVERLOAD_LIMIT' };

describe('while a portal is held', () => {
  test('a turn waits for a while, and then leaves its place to another', async () => {
    await holdIt(MINUTE);
    expect(await pipeline.turn(context, id)).toEqual(HELD);
    expect(await sandbox.truth()).toMatchObject({ requests: 0 });
  });

  test('a process that ends stops waiting', async () => {
    await holdIt(MINUTE);
    const stop = AbortSignal.abort();
    expect(await pipeline.turn(context, id, { stop })).toEqual({ kind: 'interrupted' });
  });

  test('a waiting turn becomes the probe within a second after the pause, and continues on success', async () => {
    await holdIt(3_000);
    const startedAt = clock.now();
    expect(await pipeline.turn(context, id)).toEqual(SETTLED);
    expect(clock.now() - startedAt).toBeLessThan(4_000);
    expect(await hold()).toBeUndefined();
    expect((await pipeline.find(id)).state).toBe('finished');
  });

  test('the profile may have changed: it is read again once the hold is over', async () => {
    const { profile } = context.client;
    await profile.get();
    await holdIt(3_000);
    expect(await pipeline.turn(context, id)).toEqual(SETTLED);
    await profile.get();
    expect((await sandbox.truth()).calls.profile).toBe(2);
  });

  test('a waiting turn continues within a second after "try now"', async () => {
    await holdIt(MINUTE);
    const turn = pipeline.turn(context, id);
    await tryNow(pipeline.db, context.client.webhook.portal);
    const reportedAt = clock.now();
    expect(await turn).toEqual(SETTLED);
    expect(clock.now() - reportedAt).toBeLessThan(1_000);
  });

  test('one of the waiting turns is the probe, and the others continue when it succeeds', async () => {
    const all = [
      id,
      await pipeline.start(context, crowd(1, 5, 2)),
      await pipeline.start(context, crowd(1, 5, 3)),
    ];
    await faults({ kind: 'overload' });
    await holdIt(1_000);
    const failed = await Promise.all(all.map((each) => pipeline.turn(context, each)));
    expect(failed).toEqual(all.map(() => HELD));
    const { probes = 0 } = (await hold()) ?? {};
    expect((await sandbox.truth()).requests).toBe(probes - 1);
    await faults();
    const results = async () => Promise.all(all.map((each) => pipeline.turn(context, each)));
    // A finished import has nothing more to do.
    const isOver = ({ kind }: ChunkResult) => kind === 'settled' || kind === 'dropped';
    while (!(await results()).every(isOver)) clock.pass(1_000);
    expect(await hold()).toBeUndefined();
    expect((await sandbox.truth()).invitationsSent).toBe(15);
  });
});

describe('a probe', () => {
  test('that cannot be sent is left to the next turn', async () => {
    await context.client.budget.closeMethod(INVITE);
    await holdIt(0);
    const refused = await pipeline.turn(context, id);
    expect(refused).toMatchObject({ kind: 'later', why: 'operating' });
    expect(await hold()).toMatchObject({ probeInMs: 0, probes: 1, isTried: false });

    const reopened = pipeline.workFor(sandbox.sandbox.webhookUrl);
    expect(await pipeline.turn(reopened, id)).toEqual(SETTLED);
    expect(await hold()).toBeUndefined();
  });

  test('is returned by a process that ends', async () => {
    await holdIt(0);
    const stop = new AbortController();
    await context.client.budget.fillBucket();
    const turn = pipeline.turn(context, id, { stop: stop.signal });
    stop.abort();
    expect(await turn).toEqual({ kind: 'interrupted' });
    expect(await hold()).toMatchObject({ probeInMs: 0, isTried: false });
  });

  test('without an answer fails like any other: the next pause is longer', async () => {
    await holdIt(0);
    await faults({ kind: 'html_502', times: 1 });
    expect(await pipeline.turn(context, id)).toEqual(HELD);
    const { probes, probeInMs = 0, code } = (await hold()) ?? {};
    expect({ probes, code }).toEqual({ probes: 2, code: 'OVERLOAD_LIMIT' });
    expect(probeInMs).toBeGreaterThan(1_000);
  });
});

describe('a request that was sent before the hold', () => {
  test.each([
    ['is answered', 200, { result: ['2', '3', '4', '5', '6'] }],
    ['is refused as well', 403, { error: 'NO_AUTH_FOUND', error_description: 'Wrong' }],
    ['gets no answer', 502, null],
  ])('and %s neither ends nor prolongs it', async (_, status, answer) => {
    const arrived = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const { origin } = await startOddServer(async (response) => {
      arrived.resolve();
      await go.promise;
      json(response, status, answer);
    });
    context = pipeline.workFor(`${origin}/rest/1/secret/`);
    id = await pipeline.start(context, crowd(1, 5));
    const turn = pipeline.turn(context, id);
    await arrived.promise;
    await holdIt(5 * MINUTE);
    const before = await hold();
    go.resolve();
    await turn;
    expect(await hold()).toEqual(before);
  });

  test('is the last one: a request that waited for the budget is not sent', async () => {
    const { range, pairs } = await claimedPairs();
    const commands = pack(pairs, 20)[0] ?? [];
    await holdIt(5 * MINUTE);
    const request = { id: 'r', commands };
    const never = new AbortController().signal;
    const delivery = inviteDelivery(context, { range, owner: 'me' });
    expect(await send(context, delivery, request, never)).toEqual(HELD);
    expect(await readSent(pipeline.db, range)).toEqual([]);
    expect(await sandbox.truth()).toMatchObject({ requests: 0 });
  });
});

async function claimedPairs() {
  const range = await claimed(pipeline.db, id, 0, 'me');
  return { range, pairs: await readSendable(pipeline.db, range) };
}
