import { parse } from 'csv-parse/sync';
import type { Truth } from '../../src/sandbox/truth.ts';
import type { Import, ImportPage } from '../../src/server/schemas/import-schema.ts';
import type { ApiClient } from './api-client.ts';
import { pairKey, type SoakFile } from './files.ts';

/** Age at which ended and never started imports are purged, in milliseconds. */
export const OLD_MS = 30_000;

/**
 * Longest expected time between the end of an import, as its transaction records it, and the commit of that
 * transaction, in milliseconds. A list that is read in between still shows the import as running.
 */
const COMMIT_MS = 10_000;

/** An uploaded file and its expected import. */
interface Entry {
  file: SoakFile;
  id: number | undefined;
  /** End of the import when it was last examined; it can have been retried since. */
  examined: string | null;
  /** Time of the upload while the import is not started; such an import is purged as well. */
  draftSince: string | null;
  /** The import as it was last seen in the list. */
  seen: Import | undefined;
}

/** Records the uploaded files and compares them with the program's results and the portal. */
export class ExpectedResults {
  /** Number of examined imports by state. */
  readonly ended = new Map<string, number>();
  readonly outcomes = new Map<string, number>();
  readonly #apiClient: ApiClient;
  readonly #onWrong: (what: string) => void;
  readonly #entries = new Map<string, Entry>();
  /** The import that reports `invited/returned`, by pair. */
  readonly #returned = new Map<number, number>();
  /** Pairs that an import reports as invited. */
  readonly #invited = new Set<number>();
  readonly #known = new Set<number>();
  /** All imports that ended before this time have been examined; milliseconds since 1970. */
  seenUntil = 0;

  constructor(apiClient: ApiClient, onWrong: (what: string) => void) {
    this.#apiClient = apiClient;
    this.#onWrong = onWrong;
  }

  /** Number of examined imports. */
  get examined(): number {
    return [...this.ended.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Registers a file before its upload. */
  register(file: SoakFile): void {
    this.#entries.set(file.name, {
      file,
      id: undefined,
      examined: null,
      draftSince: null,
      seen: undefined,
    });
  }

  /** Records that the program has accepted a file. */
  accepted(file: SoakFile, id: number): void {
    const entry = this.#entries.get(file.name);
    if (entry !== undefined) entry.id = id;
  }

  /** Examines the ended imports. @returns the others; undefined if the server does not answer */
  async poll(): Promise<Import[] | undefined> {
    const began = Date.now();
    // Read first: a file that is uploaded while the list is read is not necessarily in it.
    const accepted = [...this.#entries].flatMap(([name, { id }]) => (id === undefined ? [] : name));
    const found = await this.#all();
    if (found === undefined) return undefined;
    const going: Import[] = [];
    let sawAll = true;
    let seenUntil = began - COMMIT_MS;
    for (const one of found) {
      const entry = this.#entries.get(one.fileName);
      if (entry) {
        entry.draftSince = one.startedAt === null && !isOver(one) ? one.createdAt : null;
        entry.seen = one;
      }
      if (!isOver(one)) {
        going.push(one);
        // A cancelled import ends with its last answer, and its `finishedAt` is the time of the cancel.
        if (one.finishedAt !== null) seenUntil = Math.min(seenUntil, Date.parse(one.finishedAt));
      } else if (!(await this.#examine(one))) sawAll = false;
    }
    if (sawAll) this.seenUntil = seenUntil;
    this.#missing(accepted, new Set(found.map(({ fileName }) => fileName)));
    return going;
  }

  /** Compares all examined imports with the state of the portal. */
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

  /** Reports accepted imports that are gone although their end was never examined. */
  #missing(accepted: readonly string[], there: ReadonlySet<string>): void {
    for (const name of accepted) {
      const entry = this.#entries.get(name);
      if (entry === undefined || there.has(name)) continue;
      const isOldDraft =
        entry.draftSince !== null && Date.now() - Date.parse(entry.draftSince) > OLD_MS;
      if (entry.examined === null && !isOldDraft) {
        const last = entry.seen === undefined ? 'never seen' : JSON.stringify(entry.seen);
        this.#onWrong(
          `import ${entry.id} · ${name} is gone before its end was examined, last: ${last}`,
        );
      }
      this.#entries.delete(name);
    }
  }

  /** @returns false when the import cannot be examined now */
  async #examine(found: Import): Promise<boolean> {
    const entry = this.#entries.get(found.fileName);
    if (entry === undefined || entry.examined === found.finishedAt) return true;
    const answer = await this.#apiClient.request(`/api/imports/${found.id}/results.csv`);
    const now = await this.#apiClient.json<Import>(`/api/imports/${found.id}`);
    // The import has been retried in the meantime, or the server did not answer.
    if (answer?.status !== 200 || now?.finishedAt !== found.finishedAt) return false;
    entry.examined = found.finishedAt;
    entry.id ??= found.id;
    this.ended.set(found.state, (this.ended.get(found.state) ?? 0) + 1);
    const wrong = (what: string) =>
      this.#onWrong(`import ${found.id} · ${found.fileName}: ${what}`);
    if (found.problem !== null) {
      // Names in a file cannot be resolved while the portal is held or does not answer.
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

/** Requests of a cancelled import can still be in flight. */
const isOver = ({ state, finishedAt, outcomes }: Import): boolean =>
  (state === 'finished' || state === 'cancelled') && finishedAt !== null && outcomes.pending === 0;
