import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inviteChunk } from '../../src/invite/chunk.ts';
import { startImport } from '../../src/invite/control.ts';
import { RightOfWay } from '../../src/invite/right-of-way.ts';
import { putOnHold, readHold, tryNow } from '../../src/ledger/holds.ts';
import { readPending } from '../../src/ledger/tallies.ts';
import type { PortalClient } from '../../src/portal/client.ts';
import { INVITE } from '../../src/portal/invite.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { openBudget, openClient } from '../portal/open-client.ts';
import { openTestLedger, type TestLedger } from '../support/ledger.ts';
import { crowd } from '../support/office.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { takeCsv } from '../support/take-csv.ts';

const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

const NEVER = new AbortController().signal;

let server: TestRedis;
let sandbox: Sandbox;
let ledger: TestLedger;
let client: PortalClient;
let importId: number;
let turns = 0;

beforeAll(async () => {
  server = await startRedis();
  stack.defer(() => server.dispose());
  sandbox = await startSandbox();
  stack.defer(() => sandbox.close());
  ledger = stack.use(await openTestLedger());
});

beforeEach(async () => {
  client = openClient(sandbox.webhookUrl, openBudget(server.redis));
  stack.defer(() => client.budget.close());
  const { portal } = client.webhook;
  const source = { fileName: 'crowd.csv', fileDigest: `${turns}`, portal, message: null };
  importId = await takeCsv(ledger.db, source, async function* () {
    yield Buffer.from(crowd(1, 5));
  });
  await startImport(ledger.db, importId);
  await putOnHold(ledger.db, portal, {
    ...{ code: 'OVERLOAD_LIMIT', description: 'blocked', remedy: 'Wait.' },
    ...{ probes: 9, probeAt: Date.now(), tellAt: Date.now() },
  });
});

const takeTurn = (stop = NEVER) => {
  turns += 1;
  const log = pino({ level: 'silent' });
  const work = { db: ledger.db, client, log, maxAttempts: 5, rightOfWay: new RightOfWay() };
  return inviteChunk(work, importId, 0, `turn ${turns}`, { stop, abort: NEVER });
};
const hold = () => readHold(ledger.db, client.webhook.portal);

test('a probe that has no leave to be sent is tried when there is leave, or when somebody says so', async () => {
  await client.budget.closeMethod(INVITE);
  const refused = await takeTurn();
  expect(refused).toMatchObject({ kind: 'later', why: 'operating' });
  const { probeAt } = (await hold()) ?? {};
  expect(refused).toHaveProperty('at', probeAt?.getTime());
  expect(await takeTurn()).toEqual({
    kind: 'later',
    at: probeAt?.getTime(),
    why: 'OVERLOAD_LIMIT',
  });

  await server.redis.flushall();
  await tryNow(ledger.db, client.webhook.portal);
  expect(await takeTurn()).toEqual({ kind: 'settled' });
  expect(await hold()).toBeUndefined();
  expect(await readPending(ledger.db, importId)).toBe(0);
});

test('a process that ends leaves the probe to the next', async () => {
  expect(await takeTurn(AbortSignal.abort())).toEqual({ kind: 'interrupted' });
  expect(await takeTurn()).toEqual({ kind: 'settled' });
  expect(await hold()).toBeUndefined();
});

test('a probe that gets no answer has failed like any other: the next pause is longer', async () => {
  const faults = (list: unknown) =>
    fetch(`${sandbox.origin}/sandbox/faults`, { method: 'POST', body: JSON.stringify(list) });
  await faults([{ kind: 'html_502' }]);
  const failed = await takeTurn();
  const { probes, probeAt = new Date(0), code } = (await hold()) ?? {};
  expect({ probes, code }).toEqual({ probes: 10, code: 'OVERLOAD_LIMIT' });
  expect(probeAt.getTime()).toBeGreaterThan(Date.now() + 120_000);
  expect(failed).toMatchObject({ kind: 'later', at: probeAt.getTime() });
  await faults([]);
});
