import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAIR_LIMITS } from '../../src/domain/pairs/pair-limits.ts';
import type { Db } from '../../src/ledger/db/schema.ts';
import { listImports } from '../../src/ledger/imports/import-store.ts';
import { PORTAL } from '../ledger/sample-pairs.ts';
import { NOBODY, takeCsv } from '../support/ledger/take-csv.ts';
import { openTestLedger, type TestLedger } from '../support/ledger/test-ledger.ts';

let ledger: TestLedger;
let db: Db;
beforeAll(async () => {
  ledger = await openTestLedger();
  db = ledger.db;
});
afterAll(() => ledger[Symbol.asyncDispose]());

const listOf = (first: number, count: number): string =>
  Array.from({ length: count }, (_, at) => first + at).join('|');

/** Reads a CSV. @returns the import's id, or the error */
async function take(csv: string, limits = PAIR_LIMITS, directory = NOBODY) {
  const source = { fileName: 'a.csv', fileDigest: csv.slice(0, 60), portal: PORTAL, message: null };
  async function* open() {
    yield Buffer.from(csv);
  }
  return takeCsv(db, source, open, { pairLimits: limits, directory }).catch((error) => error);
}

const HEADER = 'group_id,user_id\n';
/** Has 1,190 bytes and 90,000 pairs. */
const DENSE = `${listOf(1, 300)},${listOf(1, 300)}\n`;

describe('rejects a file with too many pairs, names the line and the setting, and keeps nothing', () => {
  test.each<[what: string, csv: string, most: number, words: string]>([
    [
      'in rows with one pair',
      `${HEADER}${'1,2\n'.repeat(5)}`,
      4,
      'a.csv: by line 6 it names 5 pairs, and 4 is the most; nothing of it was stored.',
    ],
    [
      'in lists',
      `${HEADER}1,2\n1|2,3|4\n5,6\n`,
      4,
      'a.csv: by line 3 it names 5 pairs, and 4 is the most; nothing of it was stored.',
    ],
    [
      'with invalid ids',
      `${HEADER}x|2,3|y|z\n`,
      5,
      'a.csv: by line 2 it names 6 pairs, and 5 is the most; nothing of it was stored.',
    ],
  ])('in total: %s', async (_, csv, most, words) => {
    expect(await take(csv, { ...PAIR_LIMITS, most })).toMatchObject({
      message: words,
      remedy: 'Divide the file, or raise MAX_PAIRS.',
      coded: { code: 'pairs_many' },
    });
    expect(await listImports(db)).toEqual([]);
  });

  test('per byte: twenty rows of 300 × 300', async () => {
    const csv = `${HEADER}${DENSE.repeat(20)}`;
    expect(await take(csv)).toMatchObject({
      message:
        'a.csv: by line 13 it names 1,080,000 pairs, more than 10 for each of its bytes so far; nothing of it was stored.',
      remedy: 'Check the lists in its cells, or raise MAX_PAIRS_PER_BYTE.',
      coded: { code: 'pairs_dense' },
    });
    expect(await listImports(db)).toEqual([]);
  });

  test('before a name is looked up on the portal', async () => {
    const directory = {
      usersByEmail: () => Promise.reject(new Error('looked up')),
      groupsByName: () => Promise.reject(new Error('looked up')),
    };
    const csv = `${HEADER}Sales,a@b.example|c@d.example\n`;
    expect(await take(csv, { ...PAIR_LIMITS, most: 1 }, directory)).toMatchObject({
      coded: { code: 'pairs_many', params: { line: 2, pairs: 2, most: 1 } },
    });
  });
});

test('reads a file with the allowed number of pairs', async () => {
  const id = await take(`${HEADER}1,2\n1|2,3|4\n`, { most: 5, perByte: 0.001 });
  expect(await listImports(db)).toMatchObject([{ id, rows: 2, pairs: 5 }]);
});
