import type { Tally } from '../domain/pairs/outcome.ts';
import type { PlainRows } from '../files/rows/rows.ts';
import type { Db } from '../ledger/db/schema.ts';
import { PairColumns } from '../ledger/external-sort/pair-columns.ts';
import { type IngestLease, type Write, withIngestLease } from '../ledger/imports/ingest-lease.ts';
import { GroupCells } from '../ledger/pairs/group-cells.ts';
import { ImportEmails } from '../ledger/pairs/import-emails.ts';
import { MessageStore } from '../ledger/pairs/message-store.ts';
import { PairIntake } from '../ledger/pairs/pair-intake.ts';
import { insertRowIssues, type RowIssue } from '../ledger/pairs/row-issues.ts';
import { addToTallies } from '../ledger/tallies/tallies.ts';
import { foundNames, type IngestEntry, type Names } from './entries.ts';
import { keepNames } from './keep-names.ts';

/** Entries per transaction: a commit waits for the disk, so there should be few commits. */
const ENTRIES_PER_COMMIT = 10_000;
/** Most characters per transaction, which memory has to hold; a character takes one or two bytes there. */
const CHARACTERS_PER_COMMIT = 4_000_000;

/**
 * Stores the entries of one import in the ledger, in the order of the file and thousands at once.
 * Throws `IngestLeaseLost` when another process reads the import by now.
 *
 * @example
 * using store = new EntryStore(db, lease);
 * if (store.add(entry)) await store.flush();
 * await store.finish();
 */
export class EntryStore implements Disposable {
  readonly #write: Write;
  readonly #importId: number;
  readonly #intake: PairIntake;
  readonly #messages: MessageStore;
  readonly #emails: ImportEmails;
  readonly #groups: GroupCells;
  readonly #pairs = new PairColumns(ENTRIES_PER_COMMIT);
  /** The invitation texts by the pair's index in the columns. */
  readonly #texts = new Map<number, string>();
  #issues: RowIssue[] = [];
  #characters = 0;
  #lastText: string | undefined;
  #count = 0;

  /** @param lease to read the import; after its loss nothing more is written */
  constructor(db: Db, lease: IngestLease) {
    const { importId } = lease;
    this.#write = (act) => withIngestLease(db, lease, act);
    this.#importId = importId;
    this.#intake = new PairIntake(importId);
    this.#messages = new MessageStore(importId);
    this.#emails = new ImportEmails(importId);
    this.#groups = new GroupCells(importId);
  }

  get count(): number {
    return this.#count;
  }

  /** @returns whether it is time to flush */
  add(entry: IngestEntry): boolean {
    const seq = ++this.#count;
    const { line } = entry;
    if (entry.kind === 'pair') {
      const at = this.#pairs.add(seq, line, entry.groupId, entry.userId);
      if (entry.message !== undefined) this.#addText(at, entry.message);
    } else {
      const detail = JSON.stringify(entry.details);
      this.#characters += detail.length + entry.groupCell.length + entry.userCell.length;
      this.#issues.push({
        ...{ import_id: this.#importId, seq, line, outcome: 'rejected', reason: entry.reason },
        ...{ detail, group_cell: entry.groupCell, user_cell: entry.userCell },
      });
    }
    return (
      this.#pairs.count + this.#issues.length >= ENTRIES_PER_COMMIT ||
      this.#characters >= CHARACTERS_PER_COMMIT
    );
  }

  /** Counts a text once for neighbours that share it: consecutive rows often do, and all pairs of a row. */
  #addText(at: number, text: string): void {
    const known = text === this.#lastText ? this.#lastText : text;
    if (known !== this.#lastText) this.#characters += known.length;
    this.#lastText = known;
    this.#texts.set(at, known);
  }

  /** Adds rows that are pairs, and flushes as often as it takes. */
  async addPlain({ line, count, groups, users }: PlainRows): Promise<void> {
    for (let i = 0; i < count; i++) {
      this.#pairs.add(++this.#count, line + i, groups[i] ?? 0, users[i] ?? 0);
      if (this.#pairs.count + this.#issues.length >= ENTRIES_PER_COMMIT) await this.flush();
    }
  }

  /** Stores at once which groups and users the names in the file mean, and the names of these users. */
  async keepNames(names: Names): Promise<void> {
    const found = { groups: foundNames(names.groups), users: foundNames(names.users) };
    if (found.groups.size + found.users.size === 0) return;
    const stores = { groups: this.#groups, emails: this.#emails };
    await this.#write((tx) => keepNames(tx, this.#importId, found, stores));
  }

  /** Stores the entries added since the last flush in one transaction, tallies included. */
  async flush(): Promise<void> {
    if (this.#pairs.count + this.#issues.length === 0) return;
    await this.#write((tx) => this.#store(tx));
    this.#pairs.clear();
    this.#texts.clear();
    this.#issues = [];
    this.#characters = 0;
    this.#lastText = undefined;
  }

  /** Stores the rest, and turns repeated pairs into duplicates. */
  async finish(onProgress?: (ordered: number) => void): Promise<void> {
    await this.flush();
    await this.#intake.finish(this.#write, onProgress);
  }

  async #store(db: Db): Promise<void> {
    const numbers = await this.#messages.number(db, this.#texts.values());
    for (const [at, text] of this.#texts) this.#pairs.messages[at] = numbers.get(text) ?? 0;
    await this.#intake.append(db, this.#pairs);
    await insertRowIssues(db, this.#issues);
    const rejected = this.#issues.map(({ reason }): Tally => {
      return { outcome: 'rejected', reason, count: 1 };
    });
    const pending: Tally = { outcome: 'pending', reason: null, count: this.#pairs.count };
    await addToTallies(db, this.#importId, [...rejected, pending]);
  }

  [Symbol.dispose](): void {
    this.#intake[Symbol.dispose]();
  }
}
