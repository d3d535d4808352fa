import { chunkSize } from '../../../src/domain/imports/chunk-size.ts';
import type { Tally } from '../../../src/domain/pairs/outcome.ts';
import type { CheckedWork } from '../../../src/domain/time/expected-work.ts';
import type { ChunksLeft } from '../../../src/domain/time/work-left.ts';
import { randomFrom } from './random-from.ts';

/** What the portal does with a pair. */
type Fate = 'invited' | 'member' | 'missing';

/** Shares of the pairs that become no invitation. */
export interface Shares {
  members?: number;
  missing?: number;
}

const MAX_GROUPS = 50;
const COMMANDS_PER_REQUEST = 50;
const USERS_PER_COMMAND = 500;

/** A chunk: per group the pending pairs. */
export class SimulatedChunk {
  readonly number: number;
  readonly groups: Fate[][];
  /** Pending pairs that are in no request. */
  pairs: number;
  /** Pairs of the request in flight. */
  inFlight = 0;
  dueAt = 0;
  isTaken = false;

  constructor(number: number, groups: Fate[][]) {
    this.number = number;
    this.groups = groups;
    this.pairs = groups.reduce((sum, { length }) => sum + length, 0);
  }

  /** Pairs of the first command. */
  get firstCommand(): number {
    return Math.min(this.groups[0]?.length ?? 0, USERS_PER_COMMAND);
  }

  /** @returns the commands of a request with up to so many pairs; removes these */
  take(pairs: number): Fate[][] {
    const commands: Fate[][] = [];
    for (let space = pairs; space > 0 && commands.length < COMMANDS_PER_REQUEST; ) {
      const [group] = this.groups;
      if (group === undefined) break;
      const taken = group.splice(0, Math.min(space, USERS_PER_COMMAND));
      commands.push(taken);
      this.pairs -= taken.length;
      this.inFlight += taken.length;
      space -= taken.length;
      if (group.length === 0) this.groups.shift();
    }
    return commands;
  }

  /** Puts back the commands of a request that the portal refused. */
  putBack(commands: readonly Fate[][]): void {
    this.groups.unshift(...commands);
    this.pairs += commands.flat().length;
  }
}

/** An import of groups with these sizes, as the program divides it into chunks. */
export class SimulatedImport {
  /** Those with pending pairs. */
  chunks: SimulatedChunk[];
  readonly checked: CheckedWork;
  /** When the last pair got its outcome, in seconds. */
  endedAt = 0;
  readonly #settled = { invited: 0, skipped: 0, failed: 0 };

  constructor(sizes: readonly number[], concurrency: number, shares: Shares = {}) {
    const { members = 0, missing = 0 } = shares;
    let pairs = 0;
    const random = randomFrom(1);
    const counts = { invited: 0, member: 0, missing: 0 };
    const groups = sizes.map((size) =>
      Array.from({ length: size }, (): Fate => {
        const chance = random();
        const fate =
          chance < members ? 'member' : chance < members + missing ? 'missing' : 'invited';
        counts[fate] += 1;
        pairs += 1;
        return fate;
      }),
    );
    this.chunks = divide(groups, chunkSize(pairs, concurrency));
    this.checked = { pairs, toInvite: counts.invited, toLookUp: counts.missing, unseenGroups: 0 };
  }

  get pending(): number {
    const settled = this.#settled.invited + this.#settled.skipped + this.#settled.failed;
    return this.checked.pairs - settled;
  }

  get tallies(): Tally[] {
    const reasons = { invited: 'returned', skipped: 'already_member', failed: 'user_not_found' };
    return (['invited', 'skipped', 'failed'] as const).map((outcome) => ({
      ...{ outcome, reason: reasons[outcome], count: this.#settled[outcome] },
    }));
  }

  settle(fate: Fate, count: number, now: number): void {
    const outcomes = { invited: 'invited', member: 'skipped', missing: 'failed' } as const;
    this.#settled[outcomes[fate]] += count;
    if (count > 0) this.endedAt = now;
  }

  /** As `readChunksLeft` reads it; pairs in flight are still pending there. */
  left(pairsPerRequest: number): ChunksLeft {
    const open = this.chunks;
    const inChunks = open.reduce((sum, { pairs }) => sum + pairs, 0);
    const inFlight = this.pending - inChunks;
    const numbers = open.map(({ number }) => number);
    const requests = open.reduce((sum, { pairs }) => sum + Math.ceil(pairs / pairsPerRequest), 0);
    return {
      ...{ pairs: this.pending, requests: requests + Math.ceil(inFlight / pairsPerRequest) },
      count: open.length,
      largest: Math.max(...open.map(({ pairs, inFlight: sent }) => pairs + sent)),
      ...{ first: Math.min(...numbers), last: Math.max(...numbers) },
    };
  }
}

function divide(groups: readonly Fate[][], size: number): SimulatedChunk[] {
  const chunks: Fate[][][] = [];
  let chunk: Fate[][] = [];
  let space = size;
  for (const group of groups) {
    for (let at = 0; at < group.length; ) {
      if (space === 0 || chunk.length === MAX_GROUPS) {
        chunks.push(chunk);
        [chunk, space] = [[], size];
      }
      const part = group.slice(at, at + space);
      chunk.push(part);
      space -= part.length;
      at += part.length;
    }
  }
  return [...chunks, chunk].map((parts, number) => new SimulatedChunk(number, parts));
}
