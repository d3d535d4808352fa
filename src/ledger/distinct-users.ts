import type { UserId } from '../domain/ids.ts';
import { ExternalSort } from './external-sort.ts';
import { readKeys } from './keys.ts';
import type { Db } from './schema.ts';

/**
 * People of whom each counts once, however often they are added; more than the memory should hold
 * wait in a temporary file.
 */
export class DistinctUsers implements Disposable {
  readonly #sort = new ExternalSort();

  add(id: UserId): void {
    this.#sort.add({ major: id, minor: 0, seq: 0, line: 0 });
  }

  /** @returns the people in the order of their ids; nobody may be added after this */
  *all(): Generator<UserId> {
    let last = 0;
    for (const { major } of this.#sort.sorted()) {
      if (major === last) continue;
      last = major;
      yield major as UserId;
    }
  }

  /** @returns how many there are; nobody may be added after this */
  count(): number {
    let count = 0;
    for (const _ of this.all()) count += 1;
    return count;
  }

  [Symbol.dispose](): void {
    this.#sort[Symbol.dispose]();
  }
}

/** Reads an import's people, each once, by their ids, so many a page. */
export async function* readUsers(
  db: Db,
  importId: number,
  perPage: number,
): AsyncGenerator<UserId[]> {
  using users = new DistinctUsers();
  for await (const keys of readKeys(db, importId)) {
    for (const { userId } of keys) users.add(userId);
  }
  let page: UserId[] = [];
  for (const id of users.all()) {
    if (page.push(id) < perPage) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
