import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../../../src/ledger/db/schema.ts';
import {
  failProbe,
  findHoldAgainst,
  putOnHold,
  readHold,
  releaseHold,
  returnProbe,
  returnProbes,
  takeProbe,
  tryNow,
} from '../../../src/ledger/delivery/holds.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';

let ledger: TestLedger;
let db: Db;
let portal = '';
let portals = 0;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());
beforeEach(() => {
  portal = `portal-${++portals}.bitrix24.com`;
});

const MINUTE = 60_000;
const HOLD = {
  code: 'NO_AUTH_FOUND',
  description: 'Wrong authorization data',
  remedy: 'Create another one.',
  notifyInMs: 60_000,
};
/** Longer than any test. */
const pause = (probes: number) => probes * MINUTE;
const put = (probe?: number, hold = HOLD) => putOnHold(db, portal, hold, pause, probe);
const take = () => takeProbe(db, portal, 10 * MINUTE);
/** Simulates elapsed time by moving the stored times back; works on a server's clock as well. */
const pass = (ms: number) =>
  db
    .updateTable('holds')
    .set((eb) => ({ probe_at: eb('probe_at', '-', ms), since: eb('since', '-', ms) }))
    .where('portal', '=', portal)
    .execute();

/** @returns the minutes until the next probe may be taken */
async function probeIn(): Promise<number> {
  return Math.round(((await readHold(db, portal))?.probeInMs ?? Number.NaN) / MINUTE);
}

async function taken(): Promise<number> {
  const probe = await take();
  if (probe === undefined) throw new Error('there is no probe to be had');
  return probe;
}

describe('a hold', () => {
  test('is read as it was stored', async () => {
    const before = Date.now();
    expect(await put()).toBe(true);
    const { since = new Date(0), probeAt, probeInMs, ...hold } = (await readHold(db, portal)) ?? {};
    expect(hold).toEqual({
      ...{ code: 'NO_AUTH_FOUND', description: 'Wrong authorization data' },
      ...{ probes: 1, isTried: false },
    });
    expect(since.getTime()).toBeGreaterThanOrEqual(before - 1);
    // A server's clock can advance between the two.
    const pauseMs = (probeAt?.getTime() ?? Number.NaN) - since.getTime();
    expect([MINUTE, MINUTE + 1]).toContain(pauseMs);
    expect(probeInMs).toBeLessThanOrEqual(MINUTE);
    expect(await probeIn()).toBe(1);
  });

  test('does not change when a request that left before it fails as well', async () => {
    await put();
    expect(await put(undefined, { ...HOLD, code: 'OVERLOAD_LIMIT' })).toBe(false);
    expect(await readHold(db, portal)).toMatchObject({ code: 'NO_AUTH_FOUND', probes: 1 });
    expect(await probeIn()).toBe(1);
  });

  test('takes the latest error from its failed probe, but keeps its beginning', async () => {
    await put();
    await pass(MINUTE);
    const { since } = (await readHold(db, portal)) ?? {};
    const other = { ...HOLD, code: 'OVERLOAD_LIMIT', description: 'Blocked' };
    expect(await put(await taken(), other)).toBe(false);
    expect(await readHold(db, portal)).toMatchObject({
      ...{ code: 'OVERLOAD_LIMIT', description: 'Blocked' },
      ...{ since, probes: 2, isTried: false },
    });
    expect(await probeIn()).toBe(2);
  });

  test('concerns only its portal', async () => {
    await put();
    await pass(MINUTE);
    const held = await readHold(db, portal);
    const other = 'other.bitrix24.com';
    expect(await readHold(db, other)).toBeUndefined();
    expect(await takeProbe(db, other, MINUTE)).toBeUndefined();
    expect(await releaseHold(db, other)).toBe(false);
    await tryNow(db, other);
    await failProbe(db, other, held?.probeAt.getTime() ?? 0, pause);
    expect(await readHold(db, portal)).toEqual(held);
  });

  test('ends once', async () => {
    await put();
    expect(await releaseHold(db, portal)).toBe(true);
    expect(await releaseHold(db, portal)).toBe(false);
    expect(await readHold(db, portal)).toBeUndefined();
    expect(await put()).toBe(true);
    expect(await readHold(db, portal)).toMatchObject({ probes: 1 });
  });

  test('is created once by several workers at the same time, and new to one of them', async () => {
    expect((await Promise.all([put(), put(), put()])).filter(Boolean)).toHaveLength(1);
    expect(await readHold(db, portal)).toMatchObject({ probes: 1 });
  });
});

describe('the probe', () => {
  test('cannot be taken before its time', async () => {
    await put();
    await pass(MINUTE - 10_000);
    expect(await take()).toBeUndefined();
    expect(await readHold(db, portal)).toMatchObject({ isTried: false });
  });

  test('is given to only one of several workers', async () => {
    await put();
    await pass(MINUTE);
    const all = await Promise.all(Array.from({ length: 5 }, take));
    expect(all.filter((probe) => probe !== undefined)).toHaveLength(1);
    expect(await readHold(db, portal)).toMatchObject({ probes: 1, isTried: true });
    expect(await probeIn()).toBe(10);
  });

  test('makes the next pause longer when it fails', async () => {
    await put();
    for (const minutes of [2, 3]) {
      await pass(5 * MINUTE);
      await failProbe(db, portal, await taken(), pause);
      expect(await probeIn()).toBe(minutes);
      expect(await readHold(db, portal)).toMatchObject({ probes: minutes, isTried: false });
    }
  });

  test('can be taken again after it was returned', async () => {
    await put();
    await pass(MINUTE);
    await returnProbe(db, portal, await taken());
    expect(await readHold(db, portal)).toMatchObject({ probes: 1, isTried: false });
    expect(await take()).toBeDefined();
  });

  test('does not leave when the next could be taken before its request is certainly over', async () => {
    await put();
    await pass(MINUTE);
    const probe = await taken();
    const against = (lifetimeMs: number) => findHoldAgainst(db, portal, probe, lifetimeMs);
    expect(await against(9 * MINUTE)).toBeUndefined();
    expect(await against(11 * MINUTE)).toBe(HOLD.code);
    expect(await findHoldAgainst(db, portal, undefined, 0)).toBe(HOLD.code);
  });

  test('is returned for a process that has ended', async () => {
    await put();
    await returnProbes(db, portal);
    expect(await take()).toBeUndefined();
    await pass(MINUTE);
    await taken();
    await returnProbes(db, portal);
    expect(await readHold(db, portal)).toMatchObject({ isTried: false, probeInMs: 0 });
    expect(await take()).toBeDefined();
  });

  test('goes to another worker when the first never ends, and the first has no effect then', async () => {
    await put();
    await pass(MINUTE);
    const first = await taken();
    await pass(9 * MINUTE);
    expect(await take()).toBeUndefined();
    await pass(2 * MINUTE);
    expect(await readHold(db, portal)).toMatchObject({ isTried: false });
    // Not the same millisecond, because that identifies a probe.
    expect(await takeProbe(db, portal, 10 * MINUTE + 1)).toBeDefined();
    await failProbe(db, portal, first, pause);
    await returnProbe(db, portal, first);
    await put(first);
    expect(await readHold(db, portal)).toMatchObject({ probes: 1, isTried: true });
    expect(await probeIn()).toBe(10);
  });

  test('ends its hold when it succeeds, but not a newer one', async () => {
    await put();
    await pass(MINUTE);
    const probe = await taken();
    expect(await releaseHold(db, portal, probe)).toBe(true);
    await put();
    expect(await releaseHold(db, portal, probe)).toBe(false);
    expect(await readHold(db, portal)).toMatchObject({ probes: 1 });
  });

  test('does not exist without a hold', async () => {
    expect(await take()).toBeUndefined();
  });

  test('is due at once after "try now", for one worker', async () => {
    await put();
    await tryNow(db, portal);
    expect(await readHold(db, portal)).toMatchObject({ probes: 1, probeInMs: 0 });
    expect(await take()).toBeDefined();
    expect(await take()).toBeUndefined();
  });

  test('stays the only one after "try now" when it is in progress, and ends the hold', async () => {
    await put();
    await pass(MINUTE);
    const probe = await taken();
    await tryNow(db, portal);
    expect(await take()).toBeUndefined();
    expect(await releaseHold(db, portal, probe)).toBe(true);
  });

  test('does not wait for an hour when the clock was set back by an hour', async () => {
    await put();
    await pass(-60 * MINUTE);
    expect(await readHold(db, portal)).toMatchObject({ probeInMs: 0 });
    expect(await take()).toBeDefined();
    expect(await probeIn()).toBe(10);
  });
});
