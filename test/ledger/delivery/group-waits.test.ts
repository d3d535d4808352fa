import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GroupId } from '../../../src/domain/pairs/ids.ts';
import {
  endGroupWaits,
  findWaitingGroups,
  forgetGroupWaits,
  notDue,
  noteGroupFailures,
  readGroupWaits,
} from '../../../src/ledger/delivery/group-waits.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, importOf, keys, removeImport } from '../sample-pairs.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger[Symbol.asyncDispose]());

const MINUTE = 60_000;
const group = (id: number) => id as GroupId;
const failed = (...ids: number[]) =>
  new Map(ids.map((id) => [group(id), { code: 'ODD', description: `words on ${id}` }]));

/** @returns an import of three groups in two chunks: 1 and half of 2; half of 2, and 3 */
async function twoChunks() {
  const { db } = ledger;
  const id = await importOf(db, keys(30), { chunkSize: 15 });
  const [first, second] = [await claimed(db, id, 0), await claimed(db, id, 1)];
  return { db, id, first, second };
}

test('records repeated failures as one wait with growing pauses, until it ends', async () => {
  const { db, first } = await twoChunks();
  const note = () => noteGroupFailures(db, first, 'read', failed(1, 2), (count) => count * MINUTE);
  await note();
  const { read, invite } = await readGroupWaits(db, first);
  expect([...read.keys()]).toEqual([1, 2]);
  expect(Math.round((read.get(group(1)) ?? 0) / MINUTE)).toBe(1);
  expect(invite.size).toBe(0);
  await note();
  const again = await readGroupWaits(db, first);
  expect(Math.round((again.read.get(group(1)) ?? 0) / MINUTE)).toBe(2);
  await endGroupWaits(db, first, 'read', [group(1)]);
  expect(notDue((await readGroupWaits(db, first)).read)).toEqual([2]);
  await forgetGroupWaits(db, first);
  expect((await readGroupWaits(db, first)).read.size).toBe(0);
});

test('ignores a wait that is over, or was recorded before the clock was set back', async () => {
  const { db, first } = await twoChunks();
  await noteGroupFailures(db, first, 'invite', failed(1), () => -1);
  await noteGroupFailures(db, first, 'invite', failed(2), () => 1_300_000);
  const { invite } = await readGroupWaits(db, first);
  expect([...invite.values()]).toEqual([0, 0]);
  expect(notDue(invite)).toEqual([]);
});

test('leaves out the pairs of a waiting group from those to send', async () => {
  const { db, first } = await twoChunks();
  const groups = (await readSendable(db, first, undefined, [group(1)])).map((pair) => pair.groupId);
  expect(new Set(groups)).toEqual(new Set([2]));
});

test('lists each waiting group of an import once, while it has pending pairs', async () => {
  const { db, id, first, second } = await twoChunks();
  expect(await findWaitingGroups(db, id, 10)).toBeUndefined();
  await noteGroupFailures(db, first, 'read', failed(1, 2), () => 2 * MINUTE);
  await noteGroupFailures(db, second, 'read', failed(2), () => MINUTE);
  const waiting = await findWaitingGroups(db, id, 1);
  expect(waiting).toMatchObject({ count: 2, pairs: 20, first: [{ id: 1, step: 'read' }] });
  const all = (await findWaitingGroups(db, id, 10))?.first ?? [];
  expect(all.map((one) => [one.id, one.description])).toEqual([
    [1, 'words on 1'],
    [2, 'words on 2'],
  ]);
  // The earlier of the two chunks.
  expect(all[1]?.nextTryAt).toEqual(waiting?.nextTryAt);

  const verdict = { outcome: 'invited', reason: 'returned' } as const;
  const done = Array.from({ length: 10 }, (_, at) => ({ seq: at + 1, verdict }));
  await recordOutcomes(db, first, done);
  expect(await findWaitingGroups(db, id, 10)).toMatchObject({ count: 1, first: [{ id: 2 }] });
});

test('deletes the waits with their import', async () => {
  const { db, id, first } = await twoChunks();
  await noteGroupFailures(db, first, 'read', failed(1), () => MINUTE);
  await removeImport(db, id);
  const rows = db.selectFrom('group_waits').selectAll().where('import_id', '=', id);
  expect(await rows.execute()).toEqual([]);
});
