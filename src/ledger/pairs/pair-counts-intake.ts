import type { GroupId } from '../../domain/pairs/ids.ts';
import { grown } from '../db/grown.ts';
import type { Db } from '../db/schema.ts';
import type { PairColumns } from '../external-sort/pair-columns.ts';
import { addPendingToGroups } from '../tallies/group-tallies.ts';
import { insertUserPairs } from './user-pairs.ts';

/** Large enough that few statements are partly filled; those take longer. */
const GROUPS_PER_COMMIT = 8_000;
const PAIRS_PER_RUN = 250_000;
/** Initial capacity in pairs: most imports are small. */
const FIRST_PAIRS = 1_024;

/** Records the number of new pairs per group, and the places of each user's pairs. */
export class PairCountsIntake {
  readonly #importId: number;
  readonly #pairsPerRun: number;
  #users: Uint32Array;
  #seqs: Float64Array;
  #count = 0;
  #groups = new Map<GroupId, number>();

  /** @param pairsPerRun most pairs to hold in memory. @default 250,000 */
  constructor(importId: number, pairsPerRun = PAIRS_PER_RUN) {
    this.#importId = importId;
    this.#pairsPerRun = pairsPerRun;
    const pairs = Math.min(FIRST_PAIRS, pairsPerRun);
    this.#users = new Uint32Array(pairs);
    this.#seqs = new Float64Array(pairs);
  }

  /** Adds pairs, ordered by group. Call inside the transaction that inserts their keys. */
  async add(tx: Db, pairs: PairColumns): Promise<void> {
    this.#countGroups(pairs);
    if (this.#groups.size >= GROUPS_PER_COMMIT) await this.#enterGroups(tx);
    for (let from = 0; from < pairs.count; ) {
      const space = this.#pairsPerRun - this.#count;
      const to = Math.min(pairs.count, from + space);
      this.#freeSpace(this.#count + to - from);
      this.#users.set(pairs.users.subarray(from, to), this.#count);
      this.#seqs.set(pairs.seqs.subarray(from, to), this.#count);
      this.#count += to - from;
      from = to;
      if (this.#count === this.#pairsPerRun) await this.#enterUsers(tx);
    }
  }

  /** Inserts the rest after the last pair. Call inside a transaction. */
  async finish(tx: Db): Promise<void> {
    await this.#enterGroups(tx);
    await this.#enterUsers(tx);
  }

  #freeSpace(pairs: number): void {
    if (pairs <= this.#users.length) return;
    const space = Math.min(Math.max(pairs, 2 * this.#users.length), this.#pairsPerRun);
    this.#users = grown(this.#users, space);
    this.#seqs = grown(this.#seqs, space);
  }

  #countGroups({ groups, count }: PairColumns): void {
    let from = 0;
    for (let at = 0; at < count; at++) {
      if (at + 1 < count && groups[at + 1] === groups[at]) continue;
      const group = (groups[at] ?? 0) as GroupId;
      this.#groups.set(group, (this.#groups.get(group) ?? 0) + at + 1 - from);
      from = at + 1;
    }
  }

  async #enterGroups(tx: Db): Promise<void> {
    await addPendingToGroups(tx, this.#importId, this.#groups);
    this.#groups = new Map();
  }

  async #enterUsers(tx: Db): Promise<void> {
    const [users, seqs] = [this.#users, this.#seqs];
    await insertUserPairs(tx, this.#importId, {
      users: users.subarray(0, this.#count),
      seqs: seqs.subarray(0, this.#count),
    });
    this.#count = 0;
  }
}
