import { type Selectable, sql } from 'kysely';
import type { GroupId, UserId } from '../domain/ids.ts';
import { BulkInsert } from './bulk-insert.ts';
import { moveDuplicates } from './duplicates.ts';
import { ExternalSort, type KeyedRow } from './external-sort.ts';
import type { Db, PairTable } from './schema.ts';

/** A pair as it is read from the file. */
export type NewPair = Pick<
  Selectable<PairTable>,
  'seq' | 'line' | 'group_id' | 'user_id' | 'message_id'
>;

const KEYS_PER_COMMIT = 5_000;

/**
 * Takes the pairs of one import into the ledger. They are appended in the order of the file, and
 * their keys (group, user) only afterwards, in the keys' order: entered row by row, each key would
 * touch another page of the database. The same pass finds what stands twice.
 *
 * @example
 * using intake = new PairIntake(importId);
 * await intake.append(db, pairs);
 * const duplicates = await intake.finish(db);
 */
export class PairIntake implements Disposable {
  readonly #importId: number;
  readonly #rowsPerRun: number | undefined;
  readonly #sort: ExternalSort;
  readonly #pairs: BulkInsert<NewPair>;
  readonly #keys: BulkInsert<KeyedRow>;

  /** @param rowsPerRun how many keys the memory may hold; the rest waits in a temporary file */
  constructor(importId: number, rowsPerRun?: number) {
    this.#importId = importId;
    this.#rowsPerRun = rowsPerRun;
    this.#sort = new ExternalSort(rowsPerRun);
    this.#pairs = insertPairs(importId);
    this.#keys = insertKeys(importId);
  }

  /** Adds pairs, `pending`, in the order of the file; belongs into a transaction. */
  async append(db: Db, pairs: readonly NewPair[]): Promise<void> {
    await this.#pairs.execute(db, pairs);
    for (const { group_id, user_id, seq, line } of pairs) {
      this.#sort.add({ major: group_id, minor: user_id, seq, line });
    }
  }

  /**
   * Enters the keys when all pairs are there, and turns those that stand twice into duplicates of
   * the first. Commits now and then, so that others may write in between.
   *
   * @param onProgress told after each commit how many keys are entered
   * @returns how many duplicates there were
   */
  async finish(db: Db, onProgress?: (entered: number) => void): Promise<number> {
    using repeats = new ExternalSort(this.#rowsPerRun);
    let entered = 0;
    for (const keys of pages(firstOfEach(this.#sort.sorted(), repeats))) {
      await db.transaction().execute((tx) => this.#keys.execute(tx, keys));
      entered += keys.length;
      onProgress?.(entered);
    }
    let duplicates = 0;
    for (const page of pages(repeats.sorted())) {
      await db.transaction().execute((tx) => moveDuplicates(tx, this.#importId, page));
      duplicates += page.length;
    }
    return duplicates;
  }

  [Symbol.dispose](): void {
    this.#sort[Symbol.dispose]();
  }
}

/** @param repeats gets all but the first of each key, by seq, each with the line of the first */
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

function* pages(rows: Iterable<KeyedRow>): Generator<KeyedRow[]> {
  let page: KeyedRow[] = [];
  for (const row of rows) {
    if (page.push(row) < KEYS_PER_COMMIT) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

const insertPairs = (importId: number) =>
  new BulkInsert<NewPair>(
    (db, pairs) =>
      db
        .insertInto('pairs')
        .values(
          pairs.map(({ seq, line, group_id, user_id, message_id }) => ({
            ...{ seq, line, group_id, user_id, message_id },
            import_id: sql.lit(importId),
            outcome: sql.lit('pending' as const),
            attempts: sql.lit(0),
          })),
        )
        .compile(),
    ({ seq, line, group_id, user_id, message_id }, parameters) =>
      parameters.push(seq, line, group_id, user_id, message_id),
  );

const insertKeys = (importId: number) =>
  new BulkInsert<KeyedRow>(
    (db, keys) =>
      db
        .insertInto('pair_keys')
        .values(
          keys.map(({ major, minor, seq }) => ({
            ...{ group_id: major as GroupId, user_id: minor as UserId, seq },
            import_id: sql.lit(importId),
          })),
        )
        .compile(),
    ({ major, minor, seq }, parameters) => parameters.push(major, minor, seq),
  );
