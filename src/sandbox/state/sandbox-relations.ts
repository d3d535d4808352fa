import type { Relation, SeedGroup } from './seed.ts';

/** A relation as the portal keeps it. */
export interface KeptRelation extends Required<Relation> {
  /** Counts up over all groups: a newer relation has a larger one. */
  readonly id: number;
  /** Unix seconds of the portal's clock. */
  updatedAt: number;
}

/** A group as the portal keeps it. */
export interface KeptGroup extends SeedGroup {
  relations: Map<number, KeptRelation>;
}

const DAY_SECONDS = 86_400;

/** Keeps who is in which relation to a group, since when, and through whom. */
export class Relations {
  readonly #now: () => number;
  #lastId = 0;

  /** @param now Unix seconds of the portal's clock */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the group with relations of its own, a day old where the seed does not say */
  keep(group: SeedGroup): KeptGroup {
    const kept: KeptGroup = { ...group, relations: new Map() };
    const owner = ownerOf(group);
    for (const [userId, seeded] of group.relations) {
      const initiatorId = seeded.initiatedBy === 'U' ? userId : (owner ?? userId);
      const createdAt = this.#now() - DAY_SECONDS;
      this.set(kept, userId, { createdAt, initiatorId, ...seeded });
    }
    return kept;
  }

  /** Begins a relation, or changes the role in one that there is, which stays as old as it was. */
  set(group: KeptGroup, userId: number, { role, initiatedBy, ...given }: Relation): void {
    const known = group.relations.get(userId);
    const now = this.#now();
    const createdAt = given.createdAt ?? known?.createdAt ?? now;
    const first = () => (initiatedBy === 'U' ? userId : (ownerOf(group) ?? userId));
    group.relations.set(userId, {
      ...{ role, initiatedBy, createdAt },
      id: known?.id ?? this.#nextId(),
      initiatorId: given.initiatorId ?? known?.initiatorId ?? first(),
      updatedAt: known === undefined ? createdAt : now,
    });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

const ownerOf = ({ relations }: SeedGroup): number | undefined =>
  relations.entries().find(([, { role }]) => role === 'A')?.[0];
