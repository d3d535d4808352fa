import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Verdict } from '../../src/domain/pairs/outcome.ts';
import { SYSTEM_CLOCK } from '../../src/domain/time/clock.ts';
import { isLedgerAway, untilLedgerIsBack } from '../../src/ledger/db/away.ts';
import { LedgerUnreachable } from '../../src/ledger/db/ledger-unreachable.ts';
import { countWaiting } from '../../src/ledger/delivery/cancel-waiting.ts';
import { claimChunk } from '../../src/ledger/delivery/chunks.ts';
import { readSent } from '../../src/ledger/delivery/read-sent.ts';
import { recordOutcomes } from '../../src/ledger/delivery/record-outcomes.ts';
import { clearSent, markOver, markSent } from '../../src/ledger/delivery/sent-pairs.ts';
import { dropSettledMarks } from '../../src/ledger/delivery/settled-marks.ts';
import { readSendable } from '../../src/ledger/pairs/pair-queries.ts';
import { problemOf } from '../../src/messages/problems.ts';
import { INVITE } from '../../src/portal/methods/invite.ts';
import { json, startOddServer } from '../portal/faulty-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { isOnPostgres } from '../support/postgres/on-postgres.ts';
import { crowd } from '../support/program-harness.ts';
import { openPipeline, type Pipeline } from './pipeline.ts';

const NEVER = new AbortController().signal;

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline();
});
afterAll(() => pipeline[Symbol.asyncDispose]());

/** An import of five people, 2 to 6, with its first request waiting for the answer. */
async function inFlight(result: unknown) {
  const arrived = Promise.withResolvers<number[]>();
  const go = Promise.withResolvers<void>();
  const { origin } = await startOddServer(async (response, { url, body }) => {
    if (!url.includes(INVITE)) return json(response, 200, { result: { MEMBERS: [] } });
    arrived.resolve(JSON.parse(body).USER_ID);
    await go.promise;
    json(response, 200, { result });
  });
  onTestFinished(() => go.resolve());
  const context = pipeline.workFor(`${origin}/rest/1/secret/`);
  const id = await pipeline.start(context, crowd(1, 5));
  const turn = pipeline.turn(context, id);
  return { id, turn, context, carried: await arrived.promise, answer: () => go.resolve() };
}

/** @returns the chunk, after a claim by another owner */
async function claimAgain(id: number) {
  const range = await claimChunk(pipeline.db, id, 0, 'the next');
  if (range === undefined) throw new Error('the chunk has nothing left to do');
  return range;
}

describe('an answer is recorded', () => {
  test('although the chunk has another owner by then', async () => {
    const { id, turn, carried, answer } = await inFlight(['2', '3', '4', '5', '6']);
    const range = await claimAgain(id);
    answer();
    expect(await turn).toEqual({ kind: 'dropped', why: 'owner_lost' });
    const { length } = carried;
    expect(await pipeline.tallies(id)).toEqual({
      ...{ 'invited/returned': length, 'pending/': 5 - length },
    });
    expect(await readSent(pipeline.db, range)).toEqual([]);
  });

  test('for the people it names, although another turn has read the group and set all pairs to pending', async () => {
    const { id, turn, answer } = await inFlight(['2', '3']);
    const range = await claimAgain(id);
    const [mark] = await readSent(pipeline.db, range);
    await clearSent(pipeline.db, id, mark?.requestId ?? '', [1, 2, 3, 4, 5]);
    answer();
    await turn;
    expect(await pipeline.tallies(id)).toEqual({ 'invited/returned': 2, 'pending/': 3 });
    const waiting = (await readSendable(pipeline.db, range)).map(({ userId }) => userId);
    expect(waiting).toEqual([4, 5, 6]);
  });

  test('and a later request for the same people keeps its mark until it has ended', async () => {
    const { db } = pipeline;
    const { id, turn, answer, context } = await inFlight(['2', '3']);
    const { portal } = context.client.webhook;
    const range = await claimAgain(id);
    const [mark] = await readSent(db, range);
    await clearSent(db, id, mark?.requestId ?? '', [1, 2, 3, 4, 5]);
    const later = { id: 'later', lifetimeMs: 60_000 };
    await markSent(db, portal, range, later, [{ seq: 1 }, { seq: 3 }]);
    answer();
    await turn;
    expect(await pipeline.tallies(id)).toEqual({ 'invited/returned': 2, 'pending/': 3 });
    const marked = async () => (await readSent(db, range)).map(({ userId }) => userId);
    await dropSettledMarks(db, portal);
    expect(await marked()).toEqual([2, 4]);
    expect(await countWaiting(db, id)).toBe(2);
    await markOver(db, id, 'later', [1, 3]);
    await dropSettledMarks(db, portal);
    expect(await marked()).toEqual([4]);
  });

  test.each<[string, Verdict]>([
    ['could not be read', { outcome: 'unknown', reason: 'no_answer' }],
    ['is a member', { outcome: 'skipped', reason: 'already_member' }],
    ['was cancelled while pending', { outcome: 'cancelled', reason: 'by_user' }],
  ])(
    'for the people it names, although each was recorded as a person who %s',
    async (_, verdict) => {
      const { db } = pipeline;
      const { id, turn, answer } = await inFlight(['2', '3']);
      const range = await claimAgain(id);
      const settlements = [1, 2, 3, 4, 5].map((seq) => ({ seq, verdict }));
      await db.transaction().execute((tx) => recordOutcomes(tx, range, settlements));
      answer();
      await turn;
      const { outcome, reason } = verdict;
      expect(await pipeline.tallies(id)).toEqual({
        ...{ 'invited/returned': 2, [`${outcome}/${reason}`]: 3 },
      });
      expect(await pipeline.find(id)).toMatchObject({ state: 'finished' });
      const chunk = db.selectFrom('chunks').select('unsettled').where('import_id', '=', id);
      expect(await chunk.executeTakeFirst()).toEqual({ unsettled: 0 });
    },
  );

  test('when the ledger is back after a moment', async () => {
    if (!isOnPostgres) await sql`pragma busy_timeout = 0`.execute(pipeline.db);
    const { id, turn, carried, answer } = await inFlight(['2', '3', '4', '5', '6']);
    const lost = pipeline.loseLedger(1_000);
    answer();
    // Later steps of the turn can run while the ledger is still unreachable.
    const ended = turn.catch((error: unknown) => {
      if (!isLedgerAway(error)) throw error;
    });
    await Promise.all([lost, ended]);
    const { 'invited/returned': invited, ...others } = await pipeline.tallies(id);
    expect(invited).toBeGreaterThanOrEqual(carried.length);
    // The turn may have ended meanwhile.
    expect(Object.keys(others)).toEqual(invited === 5 ? [] : ['pending/']);
  });
});

describe('an unreachable ledger', () => {
  const clock = new ManualClock();
  const away = new LedgerUnreachable(
    ...problemOf('ledger_unreachable', { ledger: 'db', said: 'no' }),
  );
  const options = { clock, random: () => 0.5, withinMs: 60_000, signal: NEVER };

  test('is waited for', async () => {
    let tries = 0;
    const act = async () => {
      tries += 1;
      if (tries < 5) throw away;
      return 'done';
    };
    expect(await untilLedgerIsBack(act, options)).toBe('done');
  });

  test('is waited for until a timeout, or until the program ends', async () => {
    const startedAt = clock.monotonic();
    const fail = () => Promise.reject(away);
    await expect(untilLedgerIsBack(fail, options)).rejects.toBe(away);
    expect(clock.monotonic() - startedAt).toBeLessThan(63_000);
    const signal = AbortSignal.abort();
    await expect(untilLedgerIsBack(fail, { ...options, signal })).rejects.toBe(away);
  });

  test('is not assumed for an error in a statement', async () => {
    const error = new Error('no such table');
    await expect(untilLedgerIsBack(() => Promise.reject(error), options)).rejects.toBe(error);
  });

  test.runIf(isOnPostgres).each([
    ["do $$ begin raise exception 'x' using errcode = '40P01'; end $$", true],
    ["do $$ begin raise exception 'x' using errcode = '53200'; end $$", true],
    ["do $$ begin raise exception 'x' using errcode = '57014'; end $$", true],
    ['select nothing', false],
  ])('is assumed for errors that a repetition can overcome: %s', async (statement, isAway) => {
    const failed = await sql
      .raw(statement)
      .execute(pipeline.db)
      .catch((error: unknown) => error);
    expect(isLedgerAway(failed)).toBe(isAway);
  });

  test.runIf(!isOnPostgres)('is assumed when it is full', () => {
    const full = new DatabaseSync(':memory:');
    full.exec('create table t (a); pragma max_page_count = 2');
    const thrown = (act: () => void): unknown => {
      try {
        return act();
      } catch (error) {
        return error;
      }
    };
    const filling = thrown(() => full.exec(`insert into t values (zeroblob(100000))`));
    expect(isLedgerAway(filling)).toBe(true);
    expect(isLedgerAway(thrown(() => full.exec('select nothing')))).toBe(false);
  });
});

test('the system clock stops sleeping when the signal aborts', async () => {
  const abort = new AbortController();
  const sleeping = SYSTEM_CLOCK.sleep(3_600_000, abort.signal);
  abort.abort();
  await sleeping;
});
