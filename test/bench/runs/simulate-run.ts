import { chunkSize } from '../../../src/domain/imports/chunk-size.ts';
import { LeakyBucket } from '../../../src/sandbox/state/leaky-bucket.ts';
import { OperatingBaskets } from '../../../src/sandbox/state/operating-baskets.ts';
import { pairsOf, type Regime } from '../regime.ts';

const METHOD = 'invite';
const COMMANDS_PER_REQUEST = 50;
/** Pairs of the first request; each answer allows four times as many, up to the target. */
const FIRST_PAIRS = 20;
const GROWTH = 4;
const TARGET_SECONDS = 15;
/** By so much the clock goes on where a request has to wait, in seconds. */
const TICK_SECONDS = 0.02;

/**
 * Plays a run against the sandbox's own bucket and baskets, on a clock that needs no time: as many
 * slots as requests may be in flight, each with the next chunk, requests packed as full as what was
 * learned allows.
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
    const commands = nextRequest(slot.rest, pairs).map((people) => people * limits.inviteSeconds);
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

/** @returns how many people each command of the next request has; they are taken from the rest */
function nextRequest(rest: number[], pairs: number): number[] {
  const commands: number[] = [];
  for (let space = pairs; space > 0 && commands.length < COMMANDS_PER_REQUEST; ) {
    const [people = 0] = rest;
    if (people === 0) break;
    const taken = Math.min(people, space);
    commands.push(taken);
    space -= taken;
    if (taken === people) rest.shift();
    else rest[0] = people - taken;
  }
  return commands;
}

/** @returns the chunks of the import, each as the people of its groups */
function chunksOf(regime: Regime): number[][] {
  const size = chunkSize(pairsOf(regime), regime.concurrency);
  const chunks: number[][] = [];
  let chunk: number[] = [];
  let space = size;
  for (let people of regime.groupSizes) {
    while (people > 0) {
      if (space === 0 || chunk.length === COMMANDS_PER_REQUEST) {
        chunks.push(chunk);
        [chunk, space] = [[], size];
      }
      const taken = Math.min(people, space);
      chunk.push(taken);
      space -= taken;
      people -= taken;
    }
  }
  return [...chunks, chunk];
}
