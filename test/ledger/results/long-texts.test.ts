import { expect, test } from 'vitest';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { MessageStore } from '../../../src/ledger/pairs/message-store.ts';
import { readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, importOf, keys } from '../sample-pairs.ts';

test('reads the first very long texts of a chunk, and the others after these were sent', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const id = await importOf(db, keys(6), { message: 'For all' });
  const texts = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(90)];
  const numbers = await new MessageStore(id).number(db, texts);
  const [a = 0, b = 0, c = 0] = texts.map((text) => numbers.get(text) ?? 0);
  for (const [seq, message_id] of [a, null, a, b, c, b].entries()) {
    await db
      .updateTable('pairs')
      .set({ message_id })
      .where('seq', '=', seq + 1)
      .execute();
  }
  const range = await claimed(db, id);
  const read = async (most?: number) =>
    (await readSendable(db, range, most)).map(({ seq, message }) => `${seq} ${message?.[0]}`);
  expect(await read()).toEqual(['1 a', '2 F', '3 a', '4 b', '5 c', '6 b']);
  expect(await read(100)).toEqual(['1 a', '2 F', '3 a', '4 b']);
  expect(await read(50)).toEqual(['1 a', '2 F', '3 a']);

  const verdict = { outcome: 'invited', reason: 'returned' } as const;
  const settlements = [1, 2, 3, 4].map((seq) => ({ seq, verdict }));
  await db.transaction().execute((tx) => recordOutcomes(tx, range, settlements));
  // A text that exceeds the limit is read alone.
  expect(await read(50)).toEqual(['5 c']);
});
