import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GroupId, UserId } from '../../../src/domain/pairs/ids.ts';
import type { Settled } from '../../../src/domain/pairs/outcome.ts';
import type { Db } from '../../../src/ledger/db/schema.ts';
import { recordOutcomes } from '../../../src/ledger/delivery/record-outcomes.ts';
import type { ImportRecord } from '../../../src/ledger/results/import-record.ts';
import { readRecords } from '../../../src/ledger/results/read-records.ts';
import type { RecordFilter } from '../../../src/ledger/results/record-sources.ts';
import { searchRecords } from '../../../src/ledger/results/search-records.ts';
import { readGroupStandings } from '../../../src/ledger/tallies/group-tallies.ts';
import { takeCsv } from '../../support/ledger/take-csv.ts';
import { openTestLedger, type TestLedger } from '../../support/ledger/test-ledger.ts';
import { unsettledChunks } from '../../support/ledger/unsettled-chunks.ts';
import { isOnPostgres } from '../../support/postgres/on-postgres.ts';
import { claimed, PORTAL } from '../sample-pairs.ts';

let ledger: TestLedger;
let db: Db;
/** `done` is completely settled, `half` is not started. */
let done: number;
let half: number;
/** All records of `done`, read with `readRecords`. */
const everything: ImportRecord[] = [];

const GROUPS = [2, 4, 33, 999];
const USERS = Array.from({ length: 12 }, (_, at) => at + 3);

/** The outcome of a pair of the sample. */
function pairResultOf(group: number, user: number): Settled {
  if (group === 33) return { outcome: 'failed', reason: 'not_allowed' };
  if (group === 999) return { outcome: 'failed', reason: 'group_not_found' };
  if (user === 9001) return { outcome: 'failed', reason: 'user_not_found' };
  if (user % 4 === 0) return { outcome: 'skipped', reason: 'already_member' };
  return { outcome: 'invited', reason: user % 5 === 0 ? 'confirmed' : 'returned' };
}

const take = (csv: string): Promise<number> =>
  takeCsv(
    db,
    { fileName: 'team.csv', fileDigest: 'd1', portal: PORTAL, message: null },
    async function* () {
      yield Buffer.from(csv);
    },
  );

beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
  const pairs = GROUPS.flatMap((group) => USERS.map((user) => `${group},${user}\n`)).join('');
  done = await take(`group_id,user_id\n${pairs}2,3\n4,9001\n,5\n2,nobody@example.com\n`);
  const places = await db
    .selectFrom('pairs')
    .select(['seq', 'group_id', 'user_id'])
    .where('import_id', '=', done)
    .execute();
  for (const number of await unsettledChunks(db, done)) {
    const range = await claimed(db, done, number);
    const inside = places.filter(
      ({ group_id: group, user_id: user }) =>
        compare([group, user], [range.first_group, range.first_user]) >= 0 &&
        compare([group, user], [range.last_group, range.last_user]) <= 0,
    );
    const settlements = inside.map(({ seq, group_id, user_id }) => ({
      ...{ seq, verdict: pairResultOf(group_id, user_id) },
    }));
    await recordOutcomes(db, range, settlements);
  }
  for await (const record of readRecords(db, done)) everything.push(record);
  half = await take('group_id,user_id\n7,3\n2,300\n2,3\n7,nobody@example.com\n');
});
afterAll(() => ledger[Symbol.asyncDispose]());

const compare = ([a, b]: [number, number], [c, d]: [number, number]): number => a - c || b - d;

/** @returns all pages of a search */
async function all(importId: number, wanted: RecordFilter, limit: number): Promise<ImportRecord[]> {
  const found: ImportRecord[] = [];
  let after: readonly number[] | undefined;
  for (;;) {
    const { records, next } = await searchRecords(db, importId, wanted, { after, limit });
    found.push(...records);
    if (next === undefined) return found;
    expect(records).toHaveLength(limit);
    after = next;
  }
}

const bySeq = (records: readonly ImportRecord[]) =>
  records.toSorted((one, other) => one.seq - other.seq);

const of = (group: number, user?: number): RecordFilter => ({
  groupId: group as GroupId,
  ...(user !== undefined && { userId: user as UserId }),
});
const who = (user: number): RecordFilter => ({ userId: user as UserId });

/** Paging is the same on both databases. */
const LIMITS = isOnPostgres ? [7] : [1, 7, 500];

describe('a search among the records of an import', () => {
  test.each<[wanted: RecordFilter, isWanted: (record: ImportRecord) => boolean, found: number]>([
    [{}, () => true, 52],
    [{ outcome: 'invited' }, ({ outcome }) => outcome === 'invited', 18],
    [{ outcome: 'skipped' }, ({ outcome }) => outcome === 'skipped', 6],
    [{ outcome: 'failed' }, ({ outcome }) => outcome === 'failed', 25],
    [{ outcome: 'unknown' }, () => false, 0],
    [{ outcome: 'pending' }, () => false, 0],
    [{ outcome: 'cancelled' }, () => false, 0],
    [{ outcome: 'rejected' }, ({ outcome }) => outcome === 'rejected', 2],
    [{ outcome: 'duplicate' }, ({ outcome }) => outcome === 'duplicate', 1],
    [{ reason: 'not_allowed' }, ({ reason }) => reason === 'not_allowed', 12],
    [{ reason: 'missing_group' }, ({ reason }) => reason === 'missing_group', 1],
    [{ reason: 'of_line_N' }, ({ outcome }) => outcome === 'duplicate', 1],
    [{ reason: 'of_line_2' }, ({ reason }) => reason === 'of_line_2', 1],
    [{ reason: 'nothing' }, () => false, 0],
    [{ outcome: 'invited', reason: 'not_allowed' }, () => false, 0],
    [{ outcome: 'invited', reason: 'of_line_N' }, () => false, 0],
    [{ outcome: 'pending', reason: 'returned' }, () => false, 0],
    [of(2), ({ groupId }) => groupId === '2', 14],
    [of(12_345), () => false, 0],
    [{ ...of(2), outcome: 'invited' }, (r) => r.groupId === '2' && r.outcome === 'invited', 9],
    [{ ...of(33), outcome: 'invited' }, () => false, 0],
    [{ ...of(33), reason: 'not_allowed' }, ({ groupId }) => groupId === '33', 12],
    // Fewer pairs have the outcome or the reason than are in the group.
    [{ ...of(4), outcome: 'skipped' }, (r) => r.groupId === '4' && r.outcome === 'skipped', 3],
    [{ ...of(4), reason: 'user_not_found' }, ({ userId }) => userId === '9001', 1],
    [{ ...of(2), reason: 'user_not_found' }, () => false, 0],
    [{ ...of(2), outcome: 'duplicate' }, ({ outcome }) => outcome === 'duplicate', 1],
    [who(3), ({ userId }) => userId === '3', 5],
    [who(5), ({ userId }) => userId === '5', 5],
    [who(9_001), ({ userId }) => userId === '9001', 1],
    [{ ...who(3), outcome: 'failed' }, (r) => r.userId === '3' && r.outcome === 'failed', 2],
    [of(2, 3), (r) => r.groupId === '2' && r.userId === '3', 2],
    [{ ...of(2, 3), outcome: 'duplicate' }, ({ outcome }) => outcome === 'duplicate', 1],
  ])('finds the records for %j', async (wanted, isWanted, count) => {
    const expected = everything.filter(isWanted);
    expect(expected).toHaveLength(count);
    for (const limit of LIMITS) {
      expect(bySeq(await all(done, wanted, limit))).toEqual(expected);
    }
  });

  test('returns records in the order of the file unless a group is wanted', async () => {
    for (const wanted of [{}, { outcome: 'failed' }, who(3)] as const) {
      const lines = (await all(done, wanted, 7)).map(({ line }) => line);
      expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    }
    const users = (await all(done, of(2), 5)).map(({ userId }) => userId);
    expect(users.slice(0, USERS.length)).toEqual(USERS.map(String));
  });

  test('finds pending pairs, by group and user', async () => {
    const waiting = await all(half, { outcome: 'pending' }, 1);
    expect(waiting.map(({ groupId, userId }) => [groupId, userId])).toEqual([
      ...[['2', '3']],
      ...[['2', '300']],
      ...[['7', '3']],
    ]);
    expect(await all(half, { outcome: 'pending', reason: 'x' }, 5)).toEqual([]);
    expect(await all(half, { ...of(7), outcome: 'pending' }, 5)).toHaveLength(1);
  });
});

test('returns the groups ordered by id, page by page, with their totals', async () => {
  const read = (after: number) => readGroupStandings(db, done, { after, limit: 3 });
  const groups = [...(await read(0)), ...(await read(33))];
  expect(
    groups.map(({ groupId, pairs, outcomes: { invited, skipped, failed } }) => [
      ...[groupId, pairs, invited, skipped, failed],
    ]),
  ).toEqual([
    [2, 12, 9, 3, 0],
    [4, 13, 9, 3, 1],
    [33, 12, 0, 0, 12],
    [999, 12, 0, 0, 12],
  ]);
});
