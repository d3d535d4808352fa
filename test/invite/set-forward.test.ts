import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ForwardWatch } from '../../src/domain/time/clock.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import { json, startOddServer } from '../portal/faulty-server.ts';
import { runChunks } from '../support/invite/run-chunks.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { crowd } from '../support/program-harness.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** The portal's answer about a group that does not show the invited person yet. */
const EMPTY_GROUP = { MEMBERS: [], INVITED_MEMBERS: [], ACTIONS: { INVITE: 'Y' } };

const clock = new ManualClock();
let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline(clock);
});
afterAll(() => pipeline[Symbol.asyncDispose]());

test('does not send a request in flight again when the clock is set forward', async () => {
  const arrived = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  onTestFinished(() => go.resolve());
  const sent: string[] = [];
  const { origin } = await startOddServer(async (response, { url, body }) => {
    if (!url.includes(INVITE)) return json(response, 200, { result: EMPTY_GROUP });
    sent.push(body);
    arrived.resolve();
    if (sent.length === 1) await go.promise;
    json(response, 200, { result: JSON.parse(body).USER_ID });
  });
  const context = pipeline.workFor(`${origin}/rest/1/secret/`);
  const id = await pipeline.start(context, crowd(1, 1));
  const turn = pipeline.turn(context, id);
  await arrived.promise;

  clock.set(clock.now() + HOUR);
  // The queue's lock has expired by the same clock, and another turn begins.
  expect(await pipeline.turn(context, id)).toMatchObject({ kind: 'later' });
  expect(await pipeline.turn(context, id)).toMatchObject({ kind: 'later' });
  go.resolve();
  await turn;
  await runChunks(pipeline, context, clock, [id]);
  expect(await pipeline.tallies(id)).toEqual({ 'invited/returned': 1 });
  expect(sent).toHaveLength(1);
});

describe('a watched clock', () => {
  /** @returns for each moment (by the monotonic clock, by the watched one) whether a change was detected */
  const watch = (moments: readonly [monotonic: number, now: number][]) => {
    let monotonic = 0;
    const watched = new ForwardWatch({ monotonic: () => monotonic });
    return moments.map(([at, now]) => {
      monotonic = at;
      return watched.observe(now, MINUTE);
    });
  };

  test.each<[string, [number, number][], boolean[]]>([
    [
      'that runs',
      [
        [0, HOUR],
        [1_000, HOUR + 1_000],
      ],
      [false, false],
    ],
    [
      'that drifts',
      [
        [0, 0],
        [1_000, 2_000],
        [2_000, 4_000],
      ],
      [false, false, false],
    ],
    [
      'set forward',
      [
        [0, 0],
        [1_000, HOUR],
        [50_000, HOUR + 49_000],
      ],
      [false, true, true],
    ],
    [
      'set forward a minute ago',
      [
        [0, 0],
        [1, HOUR],
        [60_001, HOUR + MINUTE],
      ],
      [false, true, false],
    ],
    [
      'set back',
      [
        [0, HOUR],
        [1_000, 1_000],
      ],
      [false, false],
    ],
    [
      'set back and forward',
      [
        [0, HOUR],
        [1, 1],
        [2, HOUR],
      ],
      [false, false, true],
    ],
  ])('%s', (_, moments, noticed) => {
    expect(watch(moments)).toEqual(noticed);
  });
});
