import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verbatim } from '../../../src/domain/text/coded-text.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { divideIntoChunks } from '../../../src/ledger/delivery/chunks.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { clearSent, markLeftOut, markSent } from '../../../src/ledger/delivery/sent-pairs.ts';
import { createImport } from '../../../src/ledger/imports/import-store.ts';
import { MessageStore } from '../../../src/ledger/pairs/message-store.ts';
import { noteFailure, readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { readRecords } from '../../../src/ledger/results/read-records.ts';
import { describeDetails } from '../../../src/messages/row-details.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, importOf, insertPairs, keys, newPairs, PORTAL, SOURCE } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

describe('readSendable', () => {
  const reported = async (importId: number, number = 0) =>
    (await readSendable(db, await claimed(db, importId, number))).map(
      ({ groupId, userId }) => `${groupId} ${userId}`,
    );

  test('gives the pairs of the chunk by group and user, whatever their order in the file', async () => {
    const id = await importOf(
      db,
      [
        [2, 1],
        [1, 30],
        [10, 1],
        [1, 4],
        [2, 7],
        [1, 200],
      ],
      { chunkSize: 4, portal: 'order.bitrix24.com' },
    );
    expect(await reported(id, 0)).toEqual(['1 4', '1 30', '1 200', '2 1']);
    expect(await reported(id, 1)).toEqual(['2 7', '10 1']);
    const [first] = await readSendable(db, await claimed(db, id));
    expect(first).toEqual({ seq: 4, groupId: 1, userId: 4, message: null, attempts: 0 });
  });

  test('leaves out what has an outcome and what is in a request', async () => {
    const portal = 'waiting.bitrix24.com';
    const id = await importOf(db, keys(6), { portal });
    const range = await claimed(db, id);
    const [settled, sent, leftOut, cleared] = await readSendable(db, range);
    if (!settled || !sent || !leftOut || !cleared) throw new Error('six pairs were expected');
    await recordOutcomes(db, range, [
      { seq: settled.seq, verdict: { outcome: 'invited', reason: 'returned' } },
    ]);
    await markSent(db, portal, range, { id: 'r', lifetimeMs: 0 }, [sent, leftOut, cleared]);
    await markLeftOut(db, id, 'r', [leftOut.seq]);
    await clearSent(db, id, 'r', [cleared.seq]);
    expect(await reported(id)).toEqual(['1 4', '1 5', '1 6']);
    expect((await readSendable(db, range))[0]).toMatchObject({ userId: 4, attempts: 1 });
  });

  test('leaves out what another import of the portal has in a request', async () => {
    const portal = 'shared.bitrix24.com';
    const [one, other] = [
      await importOf(db, keys(3), { portal }),
      await importOf(db, keys(3), { portal }),
    ];
    const elsewhere = await importOf(db, keys(3), { portal: 'elsewhere.bitrix24.com' });
    const range = await claimed(db, one);
    const pairs = await readSendable(db, range);
    await markSent(db, portal, range, { id: 'r', lifetimeMs: 0 }, pairs.slice(0, 2));
    expect(await reported(other)).toEqual(['1 3']);
    expect(await reported(elsewhere)).toEqual(['1 1', '1 2', '1 3']);
    await clearSent(db, one, 'r', [1, 2]);
    expect(await reported(other)).toEqual(['1 1', '1 2', '1 3']);
  });

  test.each<[name: string, ofImport: string | null, messages: (string | null)[]]>([
    ['with a message of its own', 'Default', ['Own text', 'Default']],
    ['without one', null, ['Own text', null]],
  ])("a row's message comes before that of an import %s", async (name, message, messages) => {
    const id = await createImport(db, { ...SOURCE, portal: `${name}.example`, message });
    const numbers = await new MessageStore(id).number(db, ['Own text']);
    const [own, plain] = newPairs(keys(2));
    if (!own || !plain) throw new Error('two pairs were expected');
    await insertPairs(db, id, [{ ...own, message_id: numbers.get('Own text') ?? null }, plain]);
    await divideIntoChunks(db, id, { size: 10, maxGroups: 50 });
    const sendable = await readSendable(db, await claimed(db, id));
    expect(sendable.map((pair) => pair.message)).toEqual(messages);
  });
});

describe('noteFailure', () => {
  test('keeps the last word on pairs that wait, and no word on those that have ended', async () => {
    const id = await importOf(db, keys(4), { portal: PORTAL });
    const range = await claimed(db, id);
    await recordOutcomes(db, range, [
      {
        seq: 1,
        verdict: { outcome: 'failed', reason: 'portal_error', details: [verbatim('final')] },
      },
    ]);
    await noteFailure(db, id, [
      { seq: 1, detail: verbatim('late') },
      { seq: 2, detail: verbatim('early') },
      { seq: 3, detail: verbatim('other') },
    ]);
    await noteFailure(db, id, [{ seq: 2, detail: verbatim('last') }]);
    const found = [];
    for await (const { details } of readRecords(db, id)) found.push(describeDetails(details));
    expect(found).toEqual(['final', 'last', 'other', null]);
  });
});

describe('MessageStore', () => {
  const texts = (importId: number) =>
    db.selectFrom('messages').select('text').where('import_id', '=', importId).execute();

  test('stores each text once, whoever asks and how often', async () => {
    const id = await createImport(db, SOURCE);
    const store = new MessageStore(id);
    const first = new Map(await store.number(db, ['Hello', 'Привет 👋', 'Hello']));
    const again = await store.number(db, ['Привет 👋', 'hello']);
    const restarted = await new MessageStore(id).number(db, ['hello', 'Hello']);
    expect(await texts(id)).toEqual([{ text: 'Hello' }, { text: 'Привет 👋' }, { text: 'hello' }]);
    expect(again.get('Привет 👋')).toBe(first.get('Привет 👋'));
    expect(restarted.get('Hello')).toBe(first.get('Hello'));
    expect(new Set([first.get('Hello'), first.get('Привет 👋'), again.get('hello')]).size).toBe(3);
  });

  test('knows a text again when it has forgotten it', async () => {
    const id = await createImport(db, SOURCE);
    const store = new MessageStore(id, 20);
    const many = Array.from({ length: 30 }, (_, i) => `Hello, number ${i}`);
    const numbers = await db.transaction().execute(async (tx) => {
      const first = new Map(await store.number(tx, many));
      await store.number(tx, ['one more']);
      return [first, await store.number(tx, many)] as const;
    });
    for (const text of many) expect(numbers[1].get(text)).toBe(numbers[0].get(text));
    expect(await texts(id)).toHaveLength(31);
  });

  test('numbers the same text of two imports apart', async () => {
    const [one, other] = [await createImport(db, SOURCE), await createImport(db, SOURCE)];
    const a = (await new MessageStore(one).number(db, ['Hello'])).get('Hello');
    const b = (await new MessageStore(other).number(db, ['Hello'])).get('Hello');
    expect(a).not.toBe(b);
  });
});
