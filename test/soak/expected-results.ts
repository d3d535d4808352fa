import { parse } from 'csv-parse/sync';
import type { Truth } from '../../src/sandbox/truth.ts';
import type { Import, ImportPage } from '../../src/server/schemas/import-schema.ts';
import type { ApiClient } from './api-client.ts';
import { pairKey, type SoakFile } from './files.ts';

/** What ended so long ago, or came and was not started, is purged; milliseconds. */
export const OLD_MS = 30_000;

/** What somebody must have been told of the file that they handed in. */
interface Entry {
  file: SoakFile;
  id: number | undefined;
  /** When the import ended that was examined last; it may have been retried since. */
  examined: string | null;
  /** When it came, for as long as nobody has started it: such a one is purged as well. */
  draftSince: string | null;
}

/** Keeps what was handed in, and holds what the program says of it against that and the portal. */
export class ExpectedResults {
  /** Imports by their state when they were examined. */
  readonly ended = new Map<string, number>();
  readonly outcomes = new Map<string, number>();
  readonly #apiClient: ApiClient;
  readonly #onWrong: (what: string) => void;
  readonly #entries = new Map<string, Entry>();
  /** By pair: which import says that its own request invited them. */
  readonly #returned = new Map<number, number>();
  /** Pairs of which some import says that they are invited. */
  readonly #invited = new Set<number>();
  readonly #known = new Set<number>();
  /** Whatever ended before has been examined; milliseconds since 1970. */
  seenUntil = 0;

  constructor(apiClient: ApiClient, onWrong: (what: string) => void) {
    this.#apiClient = apiClient;
    this.#onWrong = onWrong;
  }

  /** How many imports were examined. */
  get examined(): number {
    return [...this.ended.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Notes a file before it is handed in. */
  note(file: SoakFile): void {
    this.#entries.set(file.name, { file, id: undefined, examined: null, draftSince: null });
  }

  /** Notes that the program has promised to take a file in. */
  taken(file: SoakFile, id: number): void {
    const entry = this.#entries.get(file.name);
    if (entry !== undefined) entry.id = id;
  }

  /** Examines what has ended. @returns the imports that have not */
  async poll(): Promise<Import[] | undefined> {
    const began = Date.now();
    // Noted first: what is handed in while the list is read, and looked through, need not be in it.
    const promised = [...this.#entries].flatMap(([name, { id }]) => (id === undefined ? [] : name));
    const found = await this.#all();
    if (found === undefined) return undefined;
    const going: Import[] = [];
    let sawAll = true;
    let seenUntil = began;
    for (const one of found) {
      const entry = this.#entries.get(one.fileName);
      if (entry) entry.draftSince = one.startedAt === null && !isOver(one) ? one.createdAt : null;
      if (!isOver(one)) {
        going.push(one);
        // One that was cancelled ends for good when the last answer has come: as of when it was cancelled.
        if (one.finishedAt !== null) seenUntil = Math.min(seenUntil, Date.parse(one.finishedAt));
      } else if (!(await this.#examine(one))) sawAll = false;
    }
    if (sawAll) this.seenUntil = seenUntil;
    this.#missing(promised, new Set(found.map(({ fileName }) => fileName)));
    return going;
  }

  /** Holds all that was examined against what really happened. */
  compare(truth: Truth): void {
    const notified = new Set<number>();
    for (const { groupId, userId, count } of truth.notifications) {
      const key = pairKey(groupId, userId);
      const name = `${groupId}/${userId}`;
      notified.add(key);
      if (count > 1) this.#onWrong(`${name} was invited ${count} times`);
      if (this.#known.has(key) && !this.#invited.has(key)) {
        this.#onWrong(`${name} was invited, and no import says so`);
      }
    }
    for (const key of this.#invited) {
      if (!notified.has(key)) this.#onWrong(`pair ${key} is invited only in the ledger`);
    }
  }

  async #all(): Promise<Import[] | undefined> {
    const all: Import[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: ImportPage | undefined = await this.#apiClient.json<ImportPage>(
        `/api/imports?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      if (page === undefined) return undefined;
      all.push(...page.items);
      cursor = page.next;
    }
    return all;
  }

  /** An import that was promised, and that nobody has seen the end of, must still be there. */
  #missing(promised: readonly string[], there: ReadonlySet<string>): void {
    for (const name of promised) {
      const entry = this.#entries.get(name);
      if (entry === undefined || there.has(name)) continue;
      const isOldDraft =
        entry.draftSince !== null && Date.now() - Date.parse(entry.draftSince) > OLD_MS;
      if (entry.examined === null && !isOldDraft) {
        this.#onWrong(`import ${entry.id} · ${name} is gone, and nobody saw it end`);
      }
      this.#entries.delete(name);
    }
  }

  /** @returns false when it could not be looked at now */
  async #examine(found: Import): Promise<boolean> {
    const entry = this.#entries.get(found.fileName);
    if (entry === undefined || entry.examined === found.finishedAt) return true;
    const answer = await this.#apiClient.ask(`/api/imports/${found.id}/results.csv`);
    const now = await this.#apiClient.json<Import>(`/api/imports/${found.id}`);
    // Somebody has retried it meanwhile, or the server was away.
    if (answer?.status !== 200 || now?.finishedAt !== found.finishedAt) return false;
    entry.examined = found.finishedAt;
    entry.id ??= found.id;
    this.ended.set(found.state, (this.ended.get(found.state) ?? 0) + 1);
    const wrong = (what: string) =>
      this.#onWrong(`import ${found.id} · ${found.fileName}: ${what}`);
    if (found.problem !== null) {
      // Names in a file cannot be looked up while the portal is held, or does not answer.
      if (!/\bportal\b/.test(found.problem.title)) wrong(`not read: ${found.problem.title}`);
      return true;
    }
    const { file } = entry;
    const { rejected = 0, duplicate = 0, ...rest } = found.outcomes;
    const sum = Object.values(rest).reduce((total, count) => total + count, rejected + duplicate);
    if (found.rows !== file.rows) wrong(`${found.rows} rows of ${file.rows}`);
    if (sum !== file.rows) wrong(`${sum} outcomes of ${file.rows} rows`);
    if (rejected !== file.rejected) wrong(`${rejected} rejects of ${file.rejected}`);
    if (duplicate !== file.duplicates) wrong(`${duplicate} duplicates of ${file.duplicates}`);
    this.#read(found, answer.text, wrong);
    return true;
  }

  #read({ id, outcomes }: Import, csv: string, wrong: (what: string) => void): void {
    const records: Record<string, string>[] = parse(csv, { bom: true, columns: true });
    const counts = new Map<string, number>();
    for (const { outcome = '', reason = '', group_id, user_id } of records) {
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      const what = outcome === 'duplicate' ? outcome : `${outcome} ${reason}`;
      this.outcomes.set(what, (this.outcomes.get(what) ?? 0) + 1);
      if (outcome === 'rejected' || outcome === 'duplicate') continue;
      const key = pairKey(Number(group_id), Number(user_id));
      this.#known.add(key);
      if (outcome !== 'invited') continue;
      this.#invited.add(key);
      if (reason !== 'returned') continue;
      const other = this.#returned.get(key) ?? id;
      if (other !== id) wrong(`${group_id}/${user_id} was invited by import ${other} already`);
      this.#returned.set(key, id);
    }
    for (const [outcome, count] of Object.entries(outcomes)) {
      const listed = counts.get(outcome) ?? 0;
      if (listed !== count) wrong(`${listed} results are ${outcome}, and ${count} are counted`);
    }
  }
}

/** Requests of a cancelled one may still be in flight. */
const isOver = ({ state, finishedAt, outcomes }: Import): boolean =>
  (state === 'finished' || state === 'cancelled') && finishedAt !== null && outcomes.pending === 0;
