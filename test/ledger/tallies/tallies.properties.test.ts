import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GroupId, UserId } from '../../../src/domain/pairs/ids.ts';
import { countByOutcome, type Settled } from '../../../src/domain/pairs/outcome.ts';
import { correctIssue } from '../../../src/ledger/corrections/correct-issue.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { cancelWaiting } from '../../../src/ledger/delivery/cancel-waiting.ts';
import type { ChunkRange } from '../../../src/ledger/delivery/chunks.ts';
import { readSent } from '../../../src/ledger/delivery/read-sent.ts';
import { finishWhenSettled, recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import { retryPairs } from '../../../src/ledger/delivery/retry-pairs.ts';
import {
  clearSent,
  markLeftOut,
  markSent,
  unmarkSent,
} from '../../../src/ledger/delivery/sent-pairs.ts';
import { changeState } from '../../../src/ledger/imports/import-state.ts';
import { findImport } from '../../../src/ledger/imports/import-store.ts';
import { inChunk, readSendable } from '../../../src/ledger/pairs/pair-queries.ts';
import { insertRowIssues } from '../../../src/ledger/pairs/row-issues.ts';
import { findPlacesOfUsers } from '../../../src/ledger/pairs/user-pairs.ts';
import { readGroupStandings } from '../../../src/ledger/tallies/group-tallies.ts';
import { addToTallies, readTallies } from '../../../src/ledger/tallies/tallies.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { unsettledChunks } from '../../support/ledger/unsettled-chunks.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { runs } from '../../support/vitest/properties.ts';
import { type Counts, countsOf, importOf, type Key, recount, SETTLED } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

type Act = (tx: Db, importId: number, portal: string, range: ChunkRange) => Promise<unknown>;

interface Step {
  name: string;
  act: Act;
}

/** Places of rejected rows. */
const REJECTED = [101, 102, 103];

/** A choice from a list: bit n selects the nth item. */
const choice = fc.nat({ max: 0xfff });
const chosen = <T>(list: readonly T[], bits: number): T[] =>
  list.filter((_, i) => bits & (1 << (i % 12)));

const readInside = (tx: Db, range: ChunkRange) =>
  tx.selectFrom('pair_keys').select('seq').where(inChunk(range)).orderBy('seq').execute();

const markStep = choice.map(
  (bits): Step => ({
    name: 'mark',
    act: async (tx, _, portal, range) => {
      // Also settled and marked pairs: the pairs to send can have been read long ago.
      const pairs = chosen(await readInside(tx, range), bits);
      const request = { id: `r${bits}`, lifetimeMs: 0 };
      if (pairs.length > 0) await markSent(tx, portal, range, request, pairs);
    },
  }),
);

const answerStep = fc
  .record({ bits: choice, as: fc.constantFrom(unmarkSent, clearSent, markLeftOut) })
  .map(
    ({ bits, as }): Step => ({
      name: as.name,
      act: async (tx, importId, _, range) => {
        for (const { seq, requestId } of chosen(await readSent(tx, range), bits)) {
          // A mark of a retry has not counted an attempt.
          if (as === unmarkSent && requestId.startsWith('retry-')) continue;
          await as(tx, importId, requestId, [seq]);
        }
      },
    }),
  );

const settleStep = fc
  .array(fc.record({ bits: choice, settled: fc.constantFrom<Settled>(...SETTLED) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map(
    (groups): Step => ({
      name: 'settle',
      act: async (tx, importId, _, range) => {
        // Also settled pairs: an outcome can arrive late, or twice.
        const inside = await readInside(tx, range);
        const settlements = groups.flatMap(({ bits, settled: verdict }) =>
          chosen(inside, bits).map(({ seq }) => ({ seq, verdict })),
        );
        await recordOutcomes(tx, range, settlements);
        if (settlements.length > 0) await expectFinishedWhenSettled(tx, importId);
      },
    }),
  );

const cancelStep = fc.constant<Step>({
  name: 'cancel',
  act: async (tx, importId) => {
    if (!(await changeState(tx, importId, ['running'], 'cancelled'))) return;
    await cancelWaiting(tx, importId);
    // Runs again for the other steps.
    await changeState(tx, importId, ['cancelled'], 'running');
    await finishWhenSettled(tx, importId);
  },
});

const retryStep = fc
  .constantFrom(undefined, 'declined', 'no_answer', 'not_explained', 'returned')
  .map(
    (reason): Step => ({
      name: `retry ${reason}`,
      act: async (tx, importId) => {
        if ((await retryPairs(tx, importId, reason)) === 0) return;
        await changeState(tx, importId, ['finished'], 'running');
      },
    }),
  );

const correctStep = fc
  .record({
    seq: fc.constantFrom(...REJECTED),
    group: fc.integer({ min: 1, max: 5 }),
    user: fc.integer({ min: 1, max: 15 }),
  })
  .map(
    ({ seq, group, user }): Step => ({
      name: 'correct',
      act: async (tx, importId) => {
        const row = { seq, groupId: group as GroupId, userId: user as UserId, message: 'Hi' };
        await correctIssue(tx, importId, row, 'admin', async () => {});
      },
    }),
  );

async function expectFinishedWhenSettled(tx: Db, importId: number): Promise<void> {
  const settled = (await unsettledChunks(tx, importId)).length === 0;
  expect((await findImport(tx, importId))?.state).toBe(settled ? 'finished' : 'running');
}

/** A step in one chunk of one of two imports. */
interface Happening {
  of: number;
  chunk: number;
  step: Step;
  rollsBack: boolean;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  of: fc.nat({ max: 1 }),
  chunk: fc.nat({ max: 2 }),
  step: fc.oneof(
    { weight: 3, arbitrary: markStep },
    { weight: 3, arbitrary: answerStep },
    { weight: 4, arbitrary: settleStep },
    { weight: 1, arbitrary: cancelStep },
    { weight: 2, arbitrary: retryStep },
    { weight: 2, arbitrary: correctStep },
  ),
  rollsBack: fc.boolean(),
});

class RolledBack extends Error {}

const unlessRolledBack = (error: unknown) => {
  if (!(error instanceof RolledBack)) throw error;
};

async function chunksOf(tx: Db, importId: number) {
  return tx.selectFrom('chunks').selectAll().where('import_id', '=', importId).execute();
}

/** Checks the invariants of an import. */
async function expectSound(id: number, rows: number): Promise<void> {
  const tallies = countsOf(await readTallies(db, id));
  expect(tallies).toEqual(await recount(db, id));
  expect(Object.values(tallies).reduce((sum, count) => sum + count, 0)).toBe(rows);
  const standings = await readGroupStandings(db, id, { after: 0, limit: 100 });
  const inGroups: Counts = {};
  for (const { outcomes } of standings) {
    for (const [outcome, count] of Object.entries(outcomes)) {
      inGroups[outcome] = (inGroups[outcome] ?? 0) + count;
    }
  }
  const inAll = countByOutcome(await readTallies(db, id));
  expect(inGroups).toEqual({ ...inAll, rejected: 0, duplicate: 0 });

  let inChunks = 0;
  for (const chunk of await chunksOf(db, id)) {
    const inside = await db
      .selectFrom('pair_keys')
      .innerJoin('pairs', (join) =>
        join
          .onRef('pairs.import_id', '=', 'pair_keys.import_id')
          .onRef('pairs.seq', '=', 'pair_keys.seq'),
      )
      .select(['pairs.seq', 'outcome', 'attempts'])
      .where(inChunk(chunk))
      .execute();
    inChunks += inside.length;
    const pending = inside.filter(({ outcome }) => outcome === 'pending');
    expect(chunk.unsettled).toBe(pending.length);
    expect(inside.every(({ attempts }) => attempts >= 0)).toBe(true);
    const marked = (await readSent(db, chunk)).map(({ seq }) => seq);
    const sendable = (await readSendable(db, chunk)).map(({ seq }) => seq);
    const waiting = pending.map(({ seq }) => seq);
    expect(waiting).toEqual(expect.arrayContaining([...marked, ...sendable]));
    expect(new Set([...marked, ...sendable]).size).toBe(marked.length + sendable.length);
  }
  // Each pair is in one chunk, and can be found by its user.
  const pairs = await db
    .selectFrom('pairs')
    .select(['seq', 'user_id'])
    .where('import_id', '=', id)
    .execute();
  expect(inChunks).toBe(pairs.length);
  const users = new Set(pairs.map(({ user_id }) => user_id));
  expect(await findPlacesOfUsers(db, id, users)).toEqual(
    pairs.map(({ seq }) => seq).sort((a, b) => a - b),
  );
}

/** Adds rows that became no pair. */
async function reject(importId: number): Promise<void> {
  const issues = REJECTED.map((seq) => ({
    ...{ import_id: importId, seq, line: seq + 1, outcome: 'rejected' as const },
    ...{ reason: 'unknown_group', detail: null, group_cell: 'Sales', user_cell: '3' },
  }));
  await insertRowIssues(db, issues);
  await addToTallies(db, importId, [
    { outcome: 'rejected', reason: 'unknown_group', count: issues.length },
  ]);
}

const PAIRS: readonly Key[] = Array.from({ length: 12 }, (_, i) => [1 + (i % 3), 1 + i]);

test('tallies, chunks and marks always agree with the rows', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 16 }), async (happenings) => {
      // Two imports of one portal that share pairs.
      const portal = `run-${++run}.bitrix24.com`;
      const one = await importOf(db, PAIRS, { portal, chunkSize: 4 });
      const other = await importOf(db, PAIRS.slice(3), { portal, chunkSize: 4 });
      await reject(one);
      await reject(other);
      for (const { of, chunk, step, rollsBack } of happenings) {
        const id = of === 0 ? one : other;
        const acting = db.transaction().execute(async (tx) => {
          const range = (await chunksOf(tx, id))[chunk];
          if (range !== undefined) await step.act(tx, id, portal, range);
          if (rollsBack) throw new RolledBack();
        });
        await acting.catch(unlessRolledBack);
      }
      await expectSound(one, PAIRS.length + REJECTED.length);
      await expectSound(other, PAIRS.length - 3 + REJECTED.length);
    }),
    { numRuns: runs(isOnPostgres ? 8 : 20) },
  );
});
