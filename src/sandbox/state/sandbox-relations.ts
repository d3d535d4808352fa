import type { Relation, SeedGroup } from './seed.ts';

/** A relation as the portal stores it. */
export interface KeptRelation extends Required<Relation> {
  /** Counts up over all groups: a newer relation has a larger one. */
  readonly id: number;
  /** Unix seconds of the portal's clock. */
  updatedAt: number;
}

/** A group as the portal stores it. */
export interface KeptGroup extends SeedGroup {
  relations: Map<number, KeptRelation>;
}

const DAY_SECONDS = 86_400;

/** Adds and changes the relations of people to groups, with their dates and initiators. */
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

  /** Adds a relation, or changes the role in an existing one, which keeps its creation date. */
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
