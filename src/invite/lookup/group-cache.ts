import type { GroupId } from '../../domain/pairs/ids.ts';
import type { GroupReading } from '../../portal/methods/groups.ts';

/** So many people in all groups together: some twenty megabytes. */
const MOST_PEOPLE = 500_000;
/** For so many milliseconds a reading is remembered. */
const KEEP_MS = 60_000;

interface Kept {
  group: GroupReading;
  /** In the milliseconds of the clock that the caller uses. */
  until: number;
}

/**
 * Remembers groups as they were read a moment ago, the latest of them, for the next chunks of a dense
 * import, which are about the same groups. Somebody who had a relation then explains why an answer
 * left them out; somebody who had none may have one since, so that says nothing.
 */
export class GroupCache {
  readonly #kept = new Map<GroupId, Kept>();
  #people = 0;

  /**
   * @param now milliseconds of a clock that never goes back
   * @returns undefined when it was not read, or too long ago
   */
  get(id: GroupId, now: number): GroupReading | undefined {
    const kept = this.#kept.get(id);
    return kept !== undefined && now < kept.until ? kept.group : undefined;
  }

  /** @param now as in `get`, from before the group was read */
  put(id: GroupId, group: GroupReading, now: number): void {
    this.#forget(id);
    this.#kept.set(id, { group, until: now + KEEP_MS });
    this.#people += peopleOf(group);
    for (const oldest of this.#kept.keys()) {
      if (this.#people <= MOST_PEOPLE) break;
      this.#forget(oldest);
    }
  }

  #forget(id: GroupId): void {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    this.#kept.delete(id);
    this.#people -= peopleOf(kept.group);
  }
}

/** One more, so that groups of nobody count as well. */
const peopleOf = ({ members, pending }: GroupReading): number => members.size + pending.size + 1;
