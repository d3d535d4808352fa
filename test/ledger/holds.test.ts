import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { putOnHold, readHold, releaseHold, takeProbe, tryNow } from '../../src/ledger/holds.ts';
import type { Db } from '../../src/ledger/schema.ts';
import { openTestLedger, type TestLedger } from '../support/ledger.ts';

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
  itIs('10:00:00');
});
afterEach(() => {
  vi.useRealTimers();
});

const at = (time: string): Date => new Date(`2026-03-01T${time}Z`);
const itIs = (time: string) => vi.useFakeTimers({ toFake: ['Date'], now: at(time) });

const hold = (probes: number, probeAt: string) => ({
  code: 'NO_AUTH_FOUND',
  description: 'Wrong authorization data',
  probes,
  probeAt: at(probeAt).getTime(),
  remedy: 'Create another one.',
  tellAt: at('10:01:00').getTime(),
});

describe('a hold', () => {
  test('is read as it was put', async () => {
    expect(await putOnHold(db, portal, hold(1, '10:00:02'))).toBe(true);
    expect(await readHold(db, portal)).toEqual({
      code: 'NO_AUTH_FOUND',
      description: 'Wrong authorization data',
      since: at('10:00:00'),
      probes: 1,
      probeAt: at('10:00:02'),
      isTried: false,
    });
  });

  test('is renewed: the last word of the portal, but since the first', async () => {
    await putOnHold(db, portal, hold(1, '10:00:02'));
    itIs('10:00:02');
    const renewed = { ...hold(2, '10:00:06'), code: 'OVERLOAD_LIMIT', description: 'Blocked' };
    expect(await putOnHold(db, portal, renewed)).toBe(false);
    expect(await readHold(db, portal)).toEqual({
      code: 'OVERLOAD_LIMIT',
      description: 'Blocked',
      since: at('10:00:00'),
      probes: 2,
      probeAt: at('10:00:06'),
      isTried: false,
    });
  });

  test('is the business of one portal', async () => {
    await putOnHold(db, portal, hold(1, '10:00:00'));
    const other = 'other.bitrix24.com';
    expect(await readHold(db, other)).toBeUndefined();
    expect(await takeProbe(db, other, at('11:00:00').getTime())).toBe(false);
    expect(await releaseHold(db, other)).toBe(false);
    await tryNow(db, other);
    expect(await readHold(db, portal)).toMatchObject({ probes: 1, probeAt: at('10:00:00') });
  });

  test('ends once', async () => {
    await putOnHold(db, portal, hold(1, '10:00:00'));
    expect(await releaseHold(db, portal)).toBe(true);
    expect(await releaseHold(db, portal)).toBe(false);
    expect(await readHold(db, portal)).toBeUndefined();
    itIs('12:00:00');
    expect(await putOnHold(db, portal, hold(1, '12:00:02'))).toBe(true);
    expect(await readHold(db, portal)).toMatchObject({ since: at('12:00:00') });
  });

  test('that several workers put at once is one, and new to one of them', async () => {
    const put = [1, 2, 3].map(() => putOnHold(db, portal, hold(1, '10:00:02')));
    expect((await Promise.all(put)).filter(Boolean)).toHaveLength(1);
    expect(await readHold(db, portal)).toMatchObject({ probes: 1 });
  });
});

describe('takeProbe', () => {
  const take = (nextAt: string) => takeProbe(db, portal, at(nextAt).getTime());

  test('gives nobody the probe before its time', async () => {
    await putOnHold(db, portal, hold(1, '10:00:02'));
    itIs('10:00:01.999');
    expect(await take('10:01:00')).toBe(false);
    expect(await readHold(db, portal)).toMatchObject({ probeAt: at('10:00:02') });
  });

  test('gives one of all who ask the probe', async () => {
    await putOnHold(db, portal, hold(1, '10:00:02'));
    itIs('10:00:02');
    const asked = Array.from({ length: 5 }, () => take('10:01:00'));
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    expect(await readHold(db, portal)).toMatchObject({
      ...{ probes: 1, probeAt: at('10:01:00'), isTried: true },
    });
    await putOnHold(db, portal, hold(2, '10:00:06'));
    expect(await readHold(db, portal)).toMatchObject({ probes: 2, isTried: false });
  });

  test('gives it to another when the first is never heard of again', async () => {
    await putOnHold(db, portal, hold(1, '10:00:02'));
    itIs('10:00:02');
    expect(await take('10:01:00')).toBe(true);
    itIs('10:00:59');
    expect(await take('10:02:00')).toBe(false);
    itIs('10:01:00');
    expect(await readHold(db, portal)).toMatchObject({ isTried: false });
    expect(await take('10:02:00')).toBe(true);
  });

  test('there is none where nothing is held', async () => {
    expect(await take('10:01:00')).toBe(false);
  });

  test('a person who says "try now" brings it forward, for one', async () => {
    await putOnHold(db, portal, hold(9, '10:05:00'));
    await tryNow(db, portal);
    expect(await readHold(db, portal)).toMatchObject({ probes: 0, probeAt: at('10:00:00') });
    expect(await take('10:01:00')).toBe(true);
    expect(await take('10:01:00')).toBe(false);
  });
});
