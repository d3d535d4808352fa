/** Pairs in columns: objects for millions of pairs would cost memory and garbage collection. */
export class PairColumns {
  readonly seqs: Float64Array;
  readonly lines: Float64Array;
  readonly groups: Uint32Array;
  readonly users: Uint32Array;
  /** Numbers of the invitation texts; 0 where a pair has none of its own. */
  readonly messages: Uint32Array;
  #count = 0;

  constructor(capacity: number) {
    this.seqs = new Float64Array(capacity);
    this.lines = new Float64Array(capacity);
    this.groups = new Uint32Array(capacity);
    this.users = new Uint32Array(capacity);
    this.messages = new Uint32Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** @returns the pair's place in the columns; its message is none yet */
  add(seq: number, line: number, group: number, user: number): number {
    const at = this.#count++;
    this.seqs[at] = seq;
    this.lines[at] = line;
    this.groups[at] = group;
    this.users[at] = user;
    this.messages[at] = 0;
    return at;
  }

  clear(): void {
    this.#count = 0;
  }
}
