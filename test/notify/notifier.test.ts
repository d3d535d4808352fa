import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verbatim } from '../../src/domain/text/coded-text.ts';
import { Secret } from '../../src/domain/text/secret.ts';
import { openLedger } from '../../src/ledger/db/database.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { putOnHold, releaseHold } from '../../src/ledger/delivery/holds.ts';
import { recordOutcomes } from '../../src/ledger/delivery/record-outcomes.ts';
import { claimNotice, noticeFinished, noticeLongWait } from '../../src/ledger/imports/notices.ts';
import { Notifier } from '../../src/notify/notifier.ts';
import { HttpAgents } from '../../src/platform/network/http-agents.ts';
import { claimed, importOf, keys, PORTAL } from '../ledger/sample-pairs.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';
import { type Receiver, startReceiver } from '../support/services/receiver.ts';

const SECRET = 'correct-horse-battery';

let ledger: TestLedger;
let receiver: Receiver;
beforeEach(async () => {
  ledger = await openTestLedger();
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver[Symbol.asyncDispose]();
  await ledger[Symbol.asyncDispose]();
});

const agents = new HttpAgents();

const unexpected = (error: unknown): void => {
  throw error;
};

function startNotifier(db: Db = ledger.db, reportError = unexpected): Notifier {
  const to = {
    url: new Secret(receiver.url),
    secret: new Secret(SECRET),
    userAgent: 'test',
    agents,
  };
  const notifier = new Notifier(db, to, pino({ level: 'silent' }), reportError);
  notifier.start();
  return notifier;
}

/** Makes all waiting notices due now. */
const makeDue = () => ledger.db.updateTable('notices').set({ due_at: 0 }).execute();

const count = async () => (await ledger.db.selectFrom('notices').select('id').execute()).length;

/** @returns the number of failed rounds of each waiting notice */
async function failures(): Promise<number[]> {
  const rows = await ledger.db.selectFrom('notices').select('attempts').execute();
  return rows.map(({ attempts }) => attempts);
}

/** Settles an import, with the first half of its pairs invited. */
async function finishImport(pairs: number): Promise<number> {
  const { db } = ledger;
  const id = await importOf(db, keys(pairs), { message: 'Come in' });
  const range = await claimed(db, id);
  await db.transaction().execute((tx) =>
    recordOutcomes(
      tx,
      range,
      Array.from({ length: pairs }, (_, at) => ({
        seq: at + 1,
        verdict:
          at < pairs / 2
            ? ({ outcome: 'invited', reason: 'returned' } as const)
            : ({ outcome: 'failed', reason: 'declined', details: [verbatim('Come in')] } as const),
      })),
    ),
  );
  return id;
}

const parsed = () => receiver.posts.map(({ body }) => JSON.parse(body));

describe('an import that ends', () => {
  test('is reported with its outcomes, signed, and without its message', async () => {
    const id = await finishImport(10);
    await using _ = startNotifier();
    await receiver.count(1);
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.posts;
    expect(JSON.parse(body)).toEqual({
      id: headers['webhook-id'],
      ...{ event: 'import.finished', importId: id, fileName: 'team.csv', portal: PORTAL },
      outcomes: {
        ...{ invited: 5, skipped: 0, failed: 5, unknown: 0, withdrawn: 0 },
        ...{ rejected: 0, duplicate: 0, cancelled: 0, pending: 0 },
      },
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'bulk-invite-event': 'import.finished',
    });
    const signed = { ...headers } as Record<string, string>;
    expect(new Webhook(SECRET, { format: 'raw' }).verify(body, signed)).toEqual(JSON.parse(body));
    expect(body).not.toContain('Come in');
  });

  test('is reported unsigned without a secret', async () => {
    await finishImport(2);
    const to = { url: new Secret(receiver.url), secret: undefined, userAgent: 'test', agents };
    await using notifier = new Notifier(ledger.db, to, pino({ level: 'silent' }), unexpected);
    notifier.start();
    await receiver.count(1);
    expect(receiver.posts[0]?.headers).not.toHaveProperty('webhook-signature');
  });

  test('is reported in the transaction that ends it, or not at all', async () => {
    const { db } = ledger;
    const id = await importOf(db, keys(1));
    const range = await claimed(db, id);
    const verdict = { outcome: 'invited', reason: 'returned' } as const;
    const undone = db.transaction().execute(async (tx) => {
      await recordOutcomes(tx, range, [{ seq: 1, verdict }]);
      throw new Error('power cut');
    });
    await expect(undone).rejects.toThrow('power cut');
    expect(await count()).toBe(0);
  });
});

describe('a failing receiver', () => {
  test('gets the notice again with the same key until it accepts it', async () => {
    await finishImport(2);
    receiver.answer(503, 'cut', 302, 500);
    await using _ = startNotifier();
    await receiver.count(3);
    await expect.poll(failures).toEqual([1]);
    await makeDue();
    await receiver.count(5);
    const names = receiver.posts.map(({ headers }) => headers['webhook-id']);
    expect(new Set(names).size).toBe(1);
    expect(new Set(receiver.posts.map(({ body }) => body)).size).toBe(1);
  });

  test('gets missed notices after a restart', async () => {
    await finishImport(2);
    const port = Number(new URL(receiver.url).port);
    await receiver[Symbol.asyncDispose]();
    await startNotifier()[Symbol.asyncDispose]();
    expect(await count()).toBe(1);
    receiver = await startReceiver(port);
    await makeDue();
    await startNotifier()[Symbol.asyncDispose]();
    expect(parsed()).toMatchObject([{ event: 'import.finished' }]);
    expect(await count()).toBe(0);
  });

  test('gets the notice that a dead process claimed, when the claim expires', async () => {
    await finishImport(2);
    expect(await claimNotice(ledger.db, 1_500)).toBeDefined();
    expect(await claimNotice(ledger.db, 1_500)).toBeUndefined();
    await using _ = startNotifier();
    await receiver.count(1);
    expect(parsed()).toMatchObject([{ event: 'import.finished' }]);
  });
});

test('two processes deliver each notice once', async () => {
  const id = await finishImport(2);
  for (let more = 1; more < 30; more++) await noticeFinished(ledger.db, id);
  await receiver[Symbol.asyncDispose]();
  receiver = await startReceiver(0, 20);
  await using other = await openLedger(ledger.place);
  await using _first = startNotifier();
  await using _second = startNotifier(other);
  await receiver.count(30);
  const names = receiver.posts.map(({ headers }) => headers['webhook-id']);
  expect([names.length, new Set(names).size]).toEqual([30, 30]);
});

describe('a portal that is held', () => {
  const hold = {
    ...{ code: 'NO_AUTH_FOUND', description: 'Wrong authorization data' },
    remedy: 'Create another webhook.',
  };

  test('is reported with a remedy, once', async () => {
    expect(await putOnHold(ledger.db, PORTAL, { ...hold, notifyInMs: 0 }, () => 0)).toBe(true);
    expect(await putOnHold(ledger.db, PORTAL, { ...hold, notifyInMs: 0 }, () => 0)).toBe(false);
    await startNotifier()[Symbol.asyncDispose]();
    expect(parsed()).toEqual([
      {
        ...{ id: expect.any(String), event: 'portal.held', portal: PORTAL },
        ...{ importId: null, fileName: null, outcomes: null, at: expect.any(String) },
        ...{ code: 'NO_AUTH_FOUND', remedy: 'Create another webhook.' },
      },
    ]);
  });

  test('is not reported when it works again soon', async () => {
    await putOnHold(ledger.db, PORTAL, { ...hold, notifyInMs: 60_000 }, () => 0);
    await startNotifier()[Symbol.asyncDispose]();
    expect(await count()).toBe(1);
    await releaseHold(ledger.db, PORTAL);
    expect([await count(), receiver.posts.length]).toEqual([0, 0]);
  });
});

test('reports a long wait once per import', async () => {
  const id = await importOf(ledger.db, keys(3));
  const until = new Date('2026-11-24T12:10:00Z');
  for (const _ of [1, 2]) await noticeLongWait(ledger.db, id, until);
  await startNotifier()[Symbol.asyncDispose]();
  expect(parsed()).toMatchObject([
    { event: 'import.waiting', importId: id, until: until.toISOString(), outcomes: { pending: 3 } },
  ]);
});

test('drops notices older than three days', async () => {
  await finishImport(2);
  await ledger.db.updateTable('notices').set({ created_at: 0 }).execute();
  await startNotifier()[Symbol.asyncDispose]();
  expect([await count(), receiver.posts.length]).toEqual([0, 0]);
});

test('reports an unreachable ledger to the error reporter', async () => {
  const gone = await openLedger(ledger.place);
  await gone.destroy();
  const reported: unknown[] = [];
  await startNotifier(gone, (error) => reported.push(error))[Symbol.asyncDispose]();
  expect(reported).not.toEqual([]);
  expect(reported.every((error) => error instanceof Error)).toBe(true);
});
