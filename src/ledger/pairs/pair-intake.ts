import { BulkInsert } from '../db/bulk-insert.ts';
import type { Db } from '../db/schema.ts';
import { ExternalSort, type KeyedRow } from '../external-sort/external-sort.ts';
import { PairColumns } from '../external-sort/pair-columns.ts';
import type { Write } from '../imports/ingest-lease.ts';
import { moveDuplicates } from './duplicates.ts';
import { PairCountsIntake } from './pair-counts-intake.ts';

const KEYS_PER_COMMIT = 5_000;

/**
 * Inserts the pairs of one import into the ledger. Pairs are appended in the order of the file. Their
 * keys (group, user) are inserted afterwards in the order of the keys: inserted row by row, each key
 * would touch another page of the database. The same pass finds duplicates.
 *
 * @example
 * using intake = new PairIntake(importId);
 * await intake.append(db, pairs);
 * const duplicates = await intake.finish((act) => withIngestLease(db, lease, act));
 */
export class PairIntake implements Disposable {
  readonly #importId: number;
  readonly #rowsPerRun: number | undefined;
  readonly #keysPerCommit: number;
  readonly #sort: ExternalSort;
  readonly #pairs: BulkInsert;
  readonly #keys: BulkInsert;

  /**
   * @param rowsPerRun most keys to hold in memory; the rest is stored in a temporary file
   * @param keysPerCommit number of keys per transaction. @default 5,000
   */
  constructor(importId: number, rowsPerRun?: number, keysPerCommit = KEYS_PER_COMMIT) {
    this.#importId = importId;
    this.#keysPerCommit = keysPerCommit;
    this.#rowsPerRun = rowsPerRun;
    this.#sort = new ExternalSort(rowsPerRun);
    this.#pairs = insertPairs(importId);
    this.#keys = insertKeys(importId);
  }

  /** Adds pending pairs in the order of the file. Call inside a transaction. */
  async append(db: Db, pairs: PairColumns): Promise<void> {
    const { seqs, lines, groups, users, messages, count } = pairs;
    await this.#pairs.execute(db, count, (at, parameters) => {
      parameters.push(seqs[at] ?? 0, lines[at] ?? 0, groups[at] ?? 0, users[at] ?? 0);
      parameters.push(messages[at] || null);
    });
    for (let at = 0; at < count; at++) {
      const [major = 0, minor = 0] = [groups[at], users[at]];
      this.#sort.add({ major, minor, seq: seqs[at] ?? 0, line: lines[at] ?? 0 });
    }
  }

  /**
   * Inserts the keys after the last pair, and turns repeated pairs into duplicates of the first. Uses
   * several transactions, so that other processes can write in between.
   *
   * @param write runs an action in one transaction
   * @param onProgress called after each commit with the number of inserted keys
   * @returns the number of duplicates
   */
  async finish(write: Write, onProgress?: (entered: number) => void): Promise<number> {
    using repeats = new ExternalSort(this.#rowsPerRun);
    const figures = new PairCountsIntake(this.#importId, this.#rowsPerRun);
    let entered = 0;
    const firsts = firstOfEach(this.#sort.sorted(), repeats);
    for (const keys of keyPages(firsts, this.#keysPerCommit)) {
      await write(async (tx) => {
        await this.#enter(tx, keys);
        await figures.add(tx, keys);
      });
      entered += keys.count;
      onProgress?.(entered);
    }
    await write((tx) => figures.finish(tx));
    let duplicates = 0;
    for (const page of pages(repeats.sorted(), this.#keysPerCommit)) {
      await write((tx) => moveDuplicates(tx, this.#importId, page));
      duplicates += page.length;
    }
    return duplicates;
  }

  async #enter(db: Db, { groups, users, seqs, count }: PairColumns): Promise<void> {
    await this.#keys.execute(db, count, (at, parameters) =>
      parameters.push(groups[at] ?? 0, users[at] ?? 0, seqs[at] ?? 0),
    );
  }

  [Symbol.dispose](): void {
    this.#sort[Symbol.dispose]();
  }
}

/** @param repeats receives all rows but the first of each key, by seq, each with the line of the first */
function* firstOfEach(rows: Iterable<KeyedRow>, repeats: ExternalSort): Generator<KeyedRow> {
  let first: KeyedRow | undefined;
  for (const row of rows) {
    if (first === undefined || row.major !== first.major || row.minor !== first.minor) {
      first = row;
      yield row;
    } else {
      const { seq } = row;
      const [major, minor] = [Math.floor(seq / 2 ** 32), seq % 2 ** 32];
      repeats.add({ major, minor, seq, line: first.line });
    }
  }
}

/** The pages share one buffer: each overwrites the previous one. */
function* keyPages(rows: Iterable<KeyedRow>, perPage: number): Generator<PairColumns> {
  const page = new PairColumns(perPage);
  for (const { seq, line, major, minor } of rows) {
    page.add(seq, line, major, minor);
    if (page.count < perPage) continue;
    yield page;
    page.clear();
  }
  if (page.count > 0) yield page;
}

function* pages<Row>(rows: Iterable<Row>, perPage: number): Generator<Row[]> {
  let page: Row[] = [];
  for (const row of rows) {
    if (page.push(row) < perPage) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

const insertPairs = (importId: number) =>
  new BulkInsert(
    'pairs',
    {
      ...{ seq: 'bigint', line: 'bigint' },
      ...{ group_id: 'integer', user_id: 'integer', message_id: 'integer' },
    },
    { import_id: importId, outcome: 'pending', attempts: 0 },
  );

const insertKeys = (importId: number) =>
  new BulkInsert(
    'pair_keys',
    { group_id: 'integer', user_id: 'integer', seq: 'bigint' },
    { import_id: importId },
  );
