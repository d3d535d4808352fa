import type { GroupId, UserId } from '../domain/ids.ts';
import { ExternalSort } from './external-sort.ts';
import { addPendingToGroups } from './group-tallies.ts';
import type { PairColumns } from './pair-columns.ts';
import type { Db } from './schema.ts';
import { insertUserPairs } from './user-pairs.ts';

/** Statements that are not full take longer; so there are few of them. */
const GROUPS_PER_COMMIT = 8_000;
const PAIRS_PER_COMMIT = 5_000;

/** One person's pairs, by their places in the source. */
interface Person {
  userId: UserId;
  seqs: number[];
}

/**
 * Takes the figures of new pairs into the ledger: how many each group has, and where each person's
 * are. Written in the order of their keys, they take about a second of a million pairs.
 */
export class FiguresIntake implements Disposable {
  readonly #importId: number;
  readonly #byUser: ExternalSort;
  #groups = new Map<GroupId, number>();

  constructor(importId: number, rowsPerRun?: number) {
    this.#importId = importId;
    this.#byUser = new ExternalSort(rowsPerRun);
  }

  /** Adds pairs, ordered by group; belongs into the transaction that enters their keys. */
  async add(tx: Db, { groups, users, seqs, count }: PairColumns): Promise<void> {
    let from = 0;
    for (let at = 0; at < count; at++) {
      this.#byUser.add({ major: users[at] ?? 0, minor: 0, seq: seqs[at] ?? 0, line: 0 });
      if (at + 1 < count && groups[at + 1] === groups[at]) continue;
      const group = (groups[at] ?? 0) as GroupId;
      this.#groups.set(group, (this.#groups.get(group) ?? 0) + at + 1 - from);
      from = at + 1;
    }
    if (this.#groups.size >= GROUPS_PER_COMMIT) await this.#enterGroups(tx);
  }

  /** Enters what waits, when all pairs are there. */
  async finish(db: Db): Promise<void> {
    await db.transaction().execute((tx) => this.#enterGroups(tx));
    for (const people of this.#pagesOfPeople()) {
      await db.transaction().execute((tx) => insertUserPairs(tx, this.#importId, people));
    }
  }

  [Symbol.dispose](): void {
    this.#byUser[Symbol.dispose]();
  }

  async #enterGroups(tx: Db): Promise<void> {
    await addPendingToGroups(tx, this.#importId, this.#groups);
    this.#groups = new Map();
  }

  *#pagesOfPeople(): Generator<Person[]> {
    let page: Person[] = [];
    let pairs = 0;
    for (const { major, seq } of this.#byUser.sorted()) {
      const last = page.at(-1);
      if (last?.userId === major) last.seqs.push(seq);
      else {
        if (pairs >= PAIRS_PER_COMMIT) {
          yield page;
          [page, pairs] = [[], 0];
        }
        page.push({ userId: major as UserId, seqs: [seq] });
      }
      pairs += 1;
    }
    if (page.length > 0) yield page;
  }
}
