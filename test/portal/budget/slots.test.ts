import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Budget } from '../../../src/portal/budget/budget.ts';
import { INVITE } from '../../../src/portal/methods/invite.ts';
import { openPortal, smallSeed } from '../../sandbox/raw-client.ts';
import { startRedis, type TestRedis } from '../../support/redis/redis.ts';
import { openBudget, openClient, takeFreePlaces, UNLIMITED } from '../open-client.ts';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.dispose());

const LIFETIME_MS = 70_000;
const NEVER = new AbortController().signal;

function open(concurrency: number, portal = `slots-${crypto.randomUUID()}`): Budget {
  const budget = new Budget(server.redis, portal, { ...UNLIMITED, concurrency });
  onTestFinished(() => budget.close());
  return budget;
}

describe('requests that read', () => {
  test('share the slots with those that invite, also with those of other processes', async () => {
    const portal = `slots-${crypto.randomUUID()}`;
    const [here, there] = [open(2, portal), open(2, portal)];
    await here.enter('read-1', LIFETIME_MS, NEVER);
    await there.enter('read-2', LIFETIME_MS, NEVER);
    const request = { id: 'invite', method: INVITE, pairs: 1, pending: 1, maxWaitMs: 0 };
    const grant = await here.reserve({ ...request, lifetimeMs: LIFETIME_MS });
    expect(grant).toMatchObject({ granted: false, why: 'others' });
    const third = here.enter('read-3', LIFETIME_MS, NEVER);
    expect(await here.readView(INVITE, 1)).toMatchObject({ inFlight: 2 });
    await there.release('read-2');
    expect(await third).toBe(true);
  });

  test('wait for a slot, and each that ends lets the next one go', async () => {
    const budget = open(1);
    const order: number[] = [];
    const read = async (number: number) => {
      await budget.enter(`read-${number}`, LIFETIME_MS, NEVER);
      order.push(number);
      await budget.release(`read-${number}`);
    };
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(read));
    expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('delay no other request once they are given up', async () => {
    const budget = open(1);
    await budget.enter('first', LIFETIME_MS, NEVER);
    const givingUp = new AbortController();
    const givenUp = budget.enter('given up', LIFETIME_MS, givingUp.signal);
    const waiting = budget.enter('waiting', LIFETIME_MS, NEVER);
    givingUp.abort();
    expect(await givenUp).toBe(false);
    await budget.release('first');
    expect(await waiting).toBe(true);
  });

  test('take their place in the bucket only when they have a slot', async () => {
    const { sandbox } = await openPortal({ seed: smallSeed() });
    const limits = { concurrency: 1, requestsPerSecond: 0.001 };
    const budget = openBudget(server.redis, limits);
    const client = openClient(sandbox.webhookUrl, budget);
    onTestFinished(() => budget.close());
    await budget.enter('first', LIFETIME_MS, NEVER);
    const read = client.send('scope', {}, { repeat: 'always', withSlot: true });
    await setImmediate();
    expect((await budget.readView(INVITE, 1)).level).toBeCloseTo(1);
    await budget.release('first');
    expect((await read).ok).toBe(true);
    expect((await budget.readView(INVITE, 1)).level).toBeCloseTo(2);
  });

  test('hold no slot while the bucket has no place', async () => {
    const { sandbox } = await openPortal({ seed: smallSeed() });
    const budget = openBudget(server.redis, { concurrency: 1, requestsPerSecond: 0.001 });
    const client = openClient(sandbox.webhookUrl, budget);
    onTestFinished(() => budget.close());
    await takeFreePlaces(budget);
    const givingUp = new AbortController();
    const { signal } = givingUp;
    const read = client.send('scope', {}, { repeat: 'always', withSlot: true, signal });
    await setImmediate();
    expect(await budget.readView(INVITE, 1)).toMatchObject({ inFlight: 0 });
    givingUp.abort();
    expect(await read).toMatchObject({ ok: false, failure: { code: 'INTERRUPTED' } });
    expect(await budget.readView(INVITE, 1)).toMatchObject({ inFlight: 0 });
  });

  test('release the slot when they are given up just before they leave', async () => {
    const budget = openBudget(server.redis, { requestsPerSecond: 1, burst: 3 });
    onTestFinished(() => budget.close());
    await takeFreePlaces(budget);
    const givingUp = new AbortController();
    const entering = budget.enter('read', LIFETIME_MS, givingUp.signal);
    await setImmediate();
    expect(await budget.readView(INVITE, 1)).toMatchObject({ inFlight: 1 });
    givingUp.abort();
    expect(await entering).toBe(false);
    expect(await budget.readView(INVITE, 1)).toMatchObject({ inFlight: 0 });
  });

  test('are given up when slot and place come too late', async () => {
    const budget = openBudget(server.redis, { concurrency: 1, requestsPerSecond: 0.001, burst: 3 });
    onTestFinished(() => budget.close());
    await budget.enter('first', LIFETIME_MS, NEVER);
    expect(await budget.enter('no slot', LIFETIME_MS, NEVER, 20)).toBe(false);
    await budget.release('first');
    await takeFreePlaces(budget);
    expect(await budget.enter('no place', LIFETIME_MS, NEVER, 20)).toBe(false);
  });

  test('never exceed the concurrency at the portal', async () => {
    const { sandbox, truth, control, until } = await openPortal({ seed: smallSeed() });
    await control('faults', [{ kind: 'gate' }]);
    const client = openClient(sandbox.webhookUrl, openBudget(server.redis, { concurrency: 3 }));
    onTestFinished(() => client.budget.close());
    const reads = Array.from({ length: 12 }, () =>
      client.send('scope', {}, { repeat: 'always', withSlot: true }),
    );
    for (let left = reads.length; left > 0; left -= 1) {
      await until(({ atGate }) => atGate === Math.min(3, left));
      await control('gate/open', { requests: 1 });
    }
    for (const answer of await Promise.all(reads)) expect(answer.ok).toBe(true);
    expect(await truth()).toMatchObject({ requests: 12, maxConcurrent: 3 });
  });
});
