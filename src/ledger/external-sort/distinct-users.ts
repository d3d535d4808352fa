import { setImmediate } from 'node:timers/promises';
import type { UserId } from '../../domain/pairs/ids.ts';
import type { Db } from '../db/schema.ts';
import { readKeys } from '../pairs/pair-keys.ts';
import { type KeyedRow, mergeRuns } from './merge.ts';
import { RunFile } from './run-file.ts';

/** Few enough that sorting and writing them does not block the event loop for long. */
const USERS_PER_RUN = 20_000;
const USERS_PER_TURN = 5_000;

/**
 * A set of users, added in any order and any number of times. What does not fit into memory is kept in a
 * temporary file. Long work yields to the event loop, so that a server stays responsive.
 */
export class DistinctUsers implements Disposable {
  readonly #known = new Set<UserId>();
  readonly #usersPerRun: number;
  #file: RunFile | undefined;

  /** @param usersPerRun most users in memory. @default 20,000 */
  constructor(usersPerRun = USERS_PER_RUN) {
    this.#usersPerRun = usersPerRun;
  }

  add(id: UserId): void {
    this.#known.add(id);
    if (this.#known.size < this.#usersPerRun) return;
    this.#file ??= new RunFile();
    this.#file.write(this.#sorted());
    this.#known.clear();
  }

  /** @returns the users by id, page by page; none may be added afterwards */
  async *pages(perPage: number, signal?: AbortSignal): AsyncGenerator<UserId[]> {
    let page: UserId[] = [];
    let turn = 0;
    for (const { major } of mergeRuns([...(this.#file?.runs() ?? []), this.#sorted()])) {
      if (++turn % USERS_PER_TURN === 0) {
        await setImmediate();
        signal?.throwIfAborted();
      }
      const id = major as UserId;
      if (page.at(-1) === id) continue;
      // A page is complete only when another user follows, so that no user is on two pages.
      if (page.length === perPage) {
        yield page;
        page = [];
      }
      page.push(id);
    }
    if (page.length > 0) yield page;
  }

  /** @returns the number of users; none may be added afterwards */
  async count(signal?: AbortSignal): Promise<number> {
    let count = 0;
    for await (const page of this.pages(USERS_PER_TURN, signal)) count += page.length;
    return count;
  }

  [Symbol.dispose](): void {
    this.#file?.[Symbol.dispose]();
  }

  *#sorted(): Generator<KeyedRow> {
    for (const major of Uint32Array.from(this.#known).sort()) {
      yield { major, minor: 0, seq: 0, line: 0 };
    }
  }
}

/** Reads the users of an import, each once, by id, page by page. */
export async function* readUsers(
  db: Db,
  importId: number,
  perPage: number,
  signal?: AbortSignal,
): AsyncGenerator<UserId[]> {
  using users = new DistinctUsers();
  for await (const keys of readKeys(db, importId, undefined, { signal })) {
    for (const { userId } of keys) users.add(userId);
  }
  yield* users.pages(perPage, signal);
}
