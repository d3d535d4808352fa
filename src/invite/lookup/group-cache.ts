import type { GroupId } from '../../domain/pairs/ids.ts';
import type { GroupReading } from '../../portal/methods/groups.ts';

/** Most people in all cached groups together: some 20 MB. */
const MOST_PEOPLE = 500_000;
/** How long a group stays cached, in milliseconds. */
const KEEP_MS = 60_000;

interface Kept {
  group: GroupReading;
  /** In the milliseconds of the clock that the caller uses. */
  until: number;
}

/**
 * Caches the groups that were read last, for the next chunks of a dense import, which are about the same
 * groups. A user who had a relation at that time was left out for it; a user without one may have one
 * since, so a missing relation says nothing.
 */
export class GroupCache {
  readonly #kept = new Map<GroupId, Kept>();
  #people = 0;

  /**
   * @param now milliseconds of a clock that never goes back
   * @returns undefined when the group was not read, or too long ago
   */
  get(id: GroupId, now: number): GroupReading | undefined {
    const kept = this.#kept.get(id);
    return kept !== undefined && now < kept.until ? kept.group : undefined;
  }

  /** @param now as in `get`, from before the group was read */
  put(id: GroupId, group: GroupReading, now: number): void {
    this.#drop(id);
    this.#kept.set(id, { group, until: now + KEEP_MS });
    this.#people += peopleOf(group);
    for (const oldest of this.#kept.keys()) {
      if (this.#people <= MOST_PEOPLE) break;
      this.#drop(oldest);
    }
  }

  #drop(id: GroupId): void {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    this.#kept.delete(id);
    this.#people -= peopleOf(kept.group);
  }
}

/** Plus one, so that empty groups count as well. */
const peopleOf = ({ members, pending, banned }: GroupReading): number =>
  members.size + pending.size + banned.size + 1;
