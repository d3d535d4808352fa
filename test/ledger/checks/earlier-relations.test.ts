import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetCheck } from '../../../src/ledger/checks/check-store.ts';
import {
  insertEarlierRelations,
  readEarlierRelations,
} from '../../../src/ledger/checks/earlier-relations.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { group, user } from '../../portal/portal-ids.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { importOf, keys, removeImport } from '../sample-pairs.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger[Symbol.asyncDispose]());

const key = (groupId: number, userId: number) => ({
  groupId: group(groupId),
  userId: user(userId),
});
const pending = (groupId: number, userId: number) => ({
  ...key(groupId, userId),
  relation: 'pending' as const,
});

test('keeps the invited users that a check found for its import, until the next check', async () => {
  const { db } = ledger;
  const one = await importOf(db, keys(3), { state: 'ready' });
  const other = await importOf(db, keys(3), { state: 'ready' });
  await insertEarlierRelations(db, one, [pending(1, 2), pending(2, 1)]);
  await insertEarlierRelations(db, one, [pending(1, 2)]);
  await insertEarlierRelations(db, one, [{ ...key(2, 2), relation: 'member' }]);
  await insertEarlierRelations(db, one, []);
  const asked = [key(1, 1), key(1, 2), key(2, 1), key(2, 2)];
  const isEarlier = await readEarlierRelations(db, one, asked);
  expect(asked.map(isEarlier)).toEqual([false, true, true, false]);
  expect((await readEarlierRelations(db, other, asked))(key(1, 2))).toBe(false);
  await forgetCheck(db, one);
  expect(asked.filter(await readEarlierRelations(db, one, asked))).toEqual([]);
});

test('records nothing for an import that was started in the meantime, or removed', async () => {
  const { db } = ledger;
  const id = await importOf(db, keys(3), { state: 'running' });
  await changeState(db, id, ['running'], 'running');
  await insertEarlierRelations(db, id, [pending(1, 2)]);
  expect((await readEarlierRelations(db, id, [key(1, 2)]))(key(1, 2))).toBe(false);
  await removeImport(db, id);
  await insertEarlierRelations(db, id, [pending(1, 2)]);
  const rows = db.selectFrom('earlier_relations').selectAll().where('import_id', '=', id);
  expect(await rows.execute()).toEqual([]);
});

test('reads a whole chunk at once', async () => {
  const { db } = ledger;
  const id = await importOf(db, keys(3), { state: 'ready' });
  const all = Array.from({ length: 1_000 }, (_, at) => key(1 + (at % 7), at + 1));
  const known = all.filter((_, at) => at % 3 === 0);
  await insertEarlierRelations(
    db,
    id,
    known.map((one) => ({ ...one, relation: 'pending' as const })),
  );
  expect(all.filter(await readEarlierRelations(db, id, all))).toEqual(known);
  expect((await readEarlierRelations(db, id, []))(key(1, 1))).toBe(false);
});
