import { expect, test } from 'vitest';
import type { GroupId, UserId } from '../../../src/domain/pairs/ids.ts';
import { beginImport, resumeImport } from '../../../src/invite/import-lifecycle.ts';
import { insertEarlierRelations } from '../../../src/ledger/checks/earlier-relations.ts';
import { insertGroupChecks } from '../../../src/ledger/checks/group-checks.ts';
import { insertUserChecks } from '../../../src/ledger/checks/user-checks.ts';
import { chunksToDo } from '../../../src/ledger/delivery/chunks-to-do.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { clearSent, markSent, unmarkSent } from '../../../src/ledger/delivery/sent-pairs.ts';
import { changeImport } from '../../../src/ledger/imports/change-import.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { pairsOfChunk, readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { openTestLedger } from '../../support/ledger/test-ledger.ts';
import { claimed, importOf, keys, PORTAL } from '../sample-pairs.ts';

test('sends only the pairs of the trial, whatever happens to their requests, then pauses', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const id = await importOf(db, keys(30), { chunkSize: 10, state: 'ready' });
  const found = await findImport(db, id);
  if (found === undefined) throw new Error('no import');
  expect(await beginImport(db, found, 'admin', { first: 2 })).toMatchObject({ ok: true, pairs: 2 });
  expect(await chunksToDo(db, id)).toEqual([0]);
  const chunks = [await claimed(db, id, 0), await claimed(db, id, 1), await claimed(db, id, 2)];
  const sent = new Set<number>();
  /** Tries to mark every pair of a chunk, as a worker with an outdated list would. */
  const mark = async (at: number, request: string) => {
    const range = chunks[at];
    if (range === undefined) throw new Error('no chunk');
    const all = await pairsOfChunk(db, range).select('pairs.seq').execute();
    const marked = await changeImport(db, id, (tx) =>
      markSent(tx, PORTAL, range, { id: request, lifetimeMs: 60_000 }, all),
    );
    for (const seq of marked.keys()) sent.add(seq);
    return marked.size;
  };
  const marks = await Promise.all([mark(0, 'a'), mark(1, 'b'), mark(2, 'c'), mark(0, 'd')]);
  expect(marks.toSorted()).toEqual([0, 0, 0, 2]);
  // A request that was not executed, and one without an answer: the same pairs again, no others.
  await changeImport(db, id, (tx) => unmarkSent(tx, id, 'a', [1, 2]));
  await changeImport(db, id, (tx) => clearSent(tx, id, 'd', [1, 2]));
  expect(await mark(0, 'e')).toBe(2);
  const [first, second] = chunks;
  if (first === undefined || second === undefined) throw new Error('no chunk');
  expect(await readSendable(db, second)).toEqual([]);
  const settle = (seq: number) =>
    changeImport(db, id, (tx) =>
      recordOutcomes(tx, first, [{ seq, verdict: { outcome: 'invited', reason: 'returned' } }]),
    );
  await settle(1);
  expect((await findImport(db, id))?.state).toBe('running');
  await settle(2);
  expect(await findImport(db, id)).toMatchObject({ state: 'paused', trial: 2 });
  expect(await mark(0, 'f')).toBe(0);
  expect(sent).toEqual(new Set([1, 2]));
  const paused = await findImport(db, id);
  if (paused === undefined) throw new Error('no import');
  await resumeImport(db, paused, 'admin');
  expect(await findImport(db, id)).toMatchObject({ state: 'running', trial: null });
  expect(await chunksToDo(db, id)).toEqual([0, 1, 2]);
  expect((await mark(0, 'g')) + (await mark(1, 'h')) + (await mark(2, 'i'))).toBe(28);
});

test('chooses the first pairs that the check expects to be invited', async () => {
  await using ledger = await openTestLedger();
  const { db } = ledger;
  const id = await importOf(db, keys(25), { state: 'ready' });
  const group = (groupId: number, toInvite: number) => ({
    ...{ id: groupId as GroupId, name: null, visible: true, mayInvite: true, size: null },
    ...{ collab: false, archived: false, pairs: 10, members: 0, pending: 0, toInvite },
    ...{ failing: 0, banned: 0, unseen: 0 },
  });
  await insertGroupChecks(db, id, [group(1, 0), group(2, 8), group(3, 5)]);
  await insertUserChecks(db, id, [{ id: 1 as UserId, state: 'dismissed', name: null }]);
  const member = { groupId: 2 as GroupId, userId: 2 as UserId, relation: 'member' as const };
  await insertEarlierRelations(db, id, [member]);
  const found = await findImport(db, id);
  if (found === undefined) throw new Error('no import');
  await beginImport(db, found, 'admin', { first: 2 });
  const chosen = await db.selectFrom('trial_pairs').select('seq').orderBy('seq').execute();
  expect(chosen.map(({ seq }) => seq)).toEqual([13, 14]);
});
