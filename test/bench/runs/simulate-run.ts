import { chunkSize } from '../../../src/domain/imports/chunk-size.ts';
import { LeakyBucket } from '../../../src/sandbox/state/leaky-bucket.ts';
import { OperatingBaskets } from '../../../src/sandbox/state/operating-baskets.ts';
import { pairsOf, type Regime } from '../regime.ts';

const METHOD = 'invite';
const COMMANDS_PER_REQUEST = 50;
/** Number of pairs in the first request; each answer allows four times as many, up to the target. */
const FIRST_PAIRS = 20;
const GROWTH = 4;
const TARGET_SECONDS = 15;
/** Step of the clock while a request waits, in seconds. */
const TICK_SECONDS = 0.02;

/**
 * Simulates a run against the sandbox's own bucket and baskets, on a simulated clock. It has one slot
 * per request in flight, each slot takes the next chunk, and requests are as full as the learned cost
 * allows.
 *
 * @returns seconds from the first request to the last answer
 */
export function simulateRun(regime: Regime): number {
  const { limits, concurrency } = regime;
  const bucket = new LeakyBucket(limits);
  const baskets = new OperatingBaskets(limits);
  const chunks = chunksOf(regime);
  const slots = Array.from({ length: concurrency }, () => ({ freeAt: 0, rest: [] as number[] }));
  const target = Math.min(TARGET_SECONDS, limits.operatingLimitSeconds / 2 / concurrency);
  const most = Math.max(1, Math.floor(target / limits.inviteSeconds + 1e-9));
  let pairs = Math.min(FIRST_PAIRS, most);
  let now = 0;
  let end = 0;
  for (;;) {
    const [slot] = slots.toSorted((one, other) => one.freeAt - other.freeAt);
    if (slot === undefined) return end;
    if (slot.rest.length === 0) slot.rest = chunks.shift() ?? [];
    if (slot.rest.length === 0) {
      slots.splice(slots.indexOf(slot), 1);
      continue;
    }
    const commands = nextRequest(slot.rest, pairs).map((users) => users * limits.inviteSeconds);
    const counted = commands.filter((seconds) => seconds > limits.operatingFloorSeconds);
    const wanted = counted.reduce((sum, seconds) => sum + seconds, 0);
    now = Math.max(now, slot.freeAt);
    while (baskets.used(METHOD, now) + wanted > limits.operatingLimitSeconds) now += TICK_SECONDS;
    while (!bucket.take(now)) now += TICK_SECONDS;
    let at = now + limits.latencyMs / 2_000;
    for (const seconds of commands) {
      baskets.add(METHOD, at, seconds);
      at += seconds;
    }
    slot.freeAt = at + limits.latencyMs / 2_000;
    end = Math.max(end, slot.freeAt);
    pairs = Math.min(GROWTH * pairs, most);
  }
}

/** @returns the number of users per command of the next request; removes them from `rest` */
function nextRequest(rest: number[], pairs: number): number[] {
  const commands: number[] = [];
  for (let space = pairs; space > 0 && commands.length < COMMANDS_PER_REQUEST; ) {
    const [users = 0] = rest;
    if (users === 0) break;
    const taken = Math.min(users, space);
    commands.push(taken);
    space -= taken;
    if (taken === users) rest.shift();
    else rest[0] = users - taken;
  }
  return commands;
}

/** @returns the chunks of the import, each as the numbers of users of its groups */
function chunksOf(regime: Regime): number[][] {
  const size = chunkSize(pairsOf(regime), regime.concurrency);
  const chunks: number[][] = [];
  let chunk: number[] = [];
  let space = size;
  for (let users of regime.groupSizes) {
    while (users > 0) {
      if (space === 0 || chunk.length === COMMANDS_PER_REQUEST) {
        chunks.push(chunk);
        [chunk, space] = [[], size];
      }
      const taken = Math.min(users, space);
      chunk.push(taken);
      space -= taken;
      users -= taken;
    }
  }
  return [...chunks, chunk];
}
