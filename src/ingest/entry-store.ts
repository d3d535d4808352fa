import type { Outcome, Tally } from '../domain/outcome.ts';
import { MessageStore } from '../ledger/messages.ts';
import { PairIntake } from '../ledger/pair-intake.ts';
import { insertRowIssues } from '../ledger/row-issues.ts';
import type { Db } from '../ledger/schema.ts';
import { addToTallies } from '../ledger/tallies.ts';
import type { Entry } from './entries.ts';

/** Puts the entries of one import into the ledger, in the order of the file. */
export class EntryStore implements Disposable {
  readonly #db: Db;
  readonly #importId: number;
  readonly #intake: PairIntake;
  readonly #messages: MessageStore;
  #count = 0;

  constructor(db: Db, importId: number) {
    this.#db = db;
    this.#importId = importId;
    this.#intake = new PairIntake(importId);
    this.#messages = new MessageStore(importId);
  }

  /** How many entries there are so far. */
  get count(): number {
    return this.#count;
  }

  /** Stores entries in one transaction, tallies included. */
  async append(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    const firstSeq = this.#count + 1;
    await this.#db.transaction().execute((tx) => this.#store(tx, entries, firstSeq));
    this.#count += entries.length;
  }

  /** Turns pairs that stand twice into duplicates, when all entries are there. */
  async finish(onProgress?: (ordered: number) => void): Promise<void> {
    await this.#intake.finish(this.#db, onProgress);
  }

  async #store(db: Db, entries: readonly Entry[], firstSeq: number): Promise<void> {
    const import_id = this.#importId;
    const texts = entries.flatMap((entry) =>
      entry.kind === 'pair' && entry.message ? [entry.message] : [],
    );
    const numbers = await this.#messages.number(db, texts);
    const pairs = [];
    const issues = [];
    const tally = new TallyCount();
    for (const [index, entry] of entries.entries()) {
      const seq = firstSeq + index;
      const { line } = entry;
      if (entry.kind === 'pair') {
        const message_id =
          entry.message === undefined ? null : (numbers.get(entry.message) ?? null);
        pairs.push({ seq, line, group_id: entry.groupId, user_id: entry.userId, message_id });
        continue;
      }
      tally.add('rejected', entry.reason);
      issues.push({
        ...{ import_id, seq, line },
        outcome: 'rejected' as const,
        reason: entry.reason,
        detail: entry.detail,
        group_cell: entry.groupCell,
        user_cell: entry.userCell,
      });
    }
    tally.add('pending', null, pairs.length);
    await this.#intake.append(db, pairs);
    await insertRowIssues(db, issues);
    await addToTallies(db, import_id, tally.list);
  }

  [Symbol.dispose](): void {
    this.#intake[Symbol.dispose]();
  }
}

class TallyCount {
  readonly list: Tally[] = [];

  add(outcome: Outcome, reason: string | null, count = 1): void {
    this.list.push({ outcome, reason, count });
  }
}
