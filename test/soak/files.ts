import type { Random } from '../../src/sandbox/state/random.ts';
import { USERS } from './installation.ts';

/** An uploaded file and the expected results of its rows. */
export interface SoakFile {
  name: string;
  csv: string;
  rows: number;
  /** Number of rows that are not a pair. */
  rejected: number;
  duplicates: number;
  /** The pairs as {@link pairKey} encodes them. */
  pairs: readonly number[];
  message: string | undefined;
}

/** A file that must be refused. */
export interface BadFile {
  name: string;
  content: string | Uint8Array<ArrayBuffer>;
}

/** A pair as one number. */
export const pairKey = (group: number, user: number): number => group * 1_000_000 + user;
const groupOf = (key: number): number => Math.floor(key / 1_000_000);
const userOf = (key: number): number => key % 1_000_000;

/** No user has this id or a higher one. */
const UNKNOWN_USER = 500_000;

/** Makes files; except for repeats, no two files share a pair. */
export class Files {
  readonly #random: Random;
  readonly #groups: number;
  #made = 0;
  #used = 0;
  /** Pairs of an earlier file, used for repeats. */
  #earlier: readonly number[] = [];

  /** @param groups number of groups on the portal, with ids from 1 */
  constructor(random: Random, groups: number) {
    this.#random = random;
    this.#groups = groups;
  }

  /** Ids, with quoted cells, an unknown user and duplicates. */
  small(): SoakFile {
    const pairs = this.#fresh(20 + this.#below(200));
    pairs.push(pairKey(1 + this.#below(this.#groups), UNKNOWN_USER + this.#below(1_000)));
    const lines = pairs.map((key) => `${groupOf(key)},"${userOf(key)}"`);
    const duplicates = 1 + this.#below(3);
    lines.push(...lines.slice(0, duplicates));
    this.#earlier = pairs;
    return this.#file('small', 'group_id,user_id', lines, { pairs, duplicates });
  }

  /** Enough pairs for a long ingest and many chunks. */
  large(size: number): SoakFile {
    const pairs = this.#fresh(size);
    const lines = pairs.map((key) => `${groupOf(key)};${userOf(key)}`);
    return this.#file('large', 'group_id;user_id', lines, { pairs });
  }

  /** Groups by name and users by email address, some of them unknown. */
  named(): SoakFile {
    const pairs = this.#fresh(50 + this.#below(300));
    const lines = pairs.map(
      (key) => `Group ${groupOf(key)},person${userOf(key)}@northwind.example,Welcome to all`,
    );
    lines.push('Group 1,nobody@northwind.example,', 'No such group,7,', ',8,');
    return this.#file('named', 'group,e-mail,message', lines, { pairs, rejected: 3 });
  }

  /** Some pairs of an earlier file again. */
  repeat(): SoakFile {
    const pairs = this.#earlier.filter(() => this.#random() < 0.5);
    if (pairs.length === 0) return this.small();
    const lines = pairs.map((key) => `${groupOf(key)},${userOf(key)}`);
    return this.#file('repeat', 'group_id,user_id', lines, { pairs });
  }

  bad(): BadFile {
    const contents = [
      '',
      'group_id,user_id\n',
      'name,colour\nAnna,red\n',
      new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]),
      new Uint8Array(Array.from({ length: 5_000 }, () => this.#below(256))),
      '<html><body>Log in</body></html>',
    ];
    const name = `bad-${++this.#made}.csv`;
    return { name, content: contents[this.#below(contents.length)] ?? '' };
  }

  #fresh(count: number): number[] {
    return Array.from({ length: count }, () => {
      const at = this.#used++ % (this.#groups * USERS);
      return pairKey(1 + Math.floor(at / USERS), 2 + (at % USERS));
    });
  }

  #file(
    kind: string,
    head: string,
    lines: readonly string[],
    { pairs, rejected = 0, duplicates = 0 }: Partial<SoakFile> & Pick<SoakFile, 'pairs'>,
  ): SoakFile {
    const name = `${kind}-${++this.#made}.csv`;
    const message = this.#random() < 0.3 ? `Welcome, number ${this.#made}` : undefined;
    const csv = `${[head, ...lines].join('\n')}\n`;
    return { name, csv, rows: lines.length, rejected, duplicates, pairs, message };
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}
