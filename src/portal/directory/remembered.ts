/** Asks for many things at once and remembers the answers, the latest so many of them. */
export class Remembered<Answer> {
  readonly #limit: number;
  readonly #ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>;
  readonly #answers = new Map<string, Answer>();

  /**
   * @param limit how many answers are remembered; the oldest is forgotten first
   * @param ask brings an answer for each key
   */
  constructor(
    limit: number,
    ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
  ) {
    this.#limit = limit;
    this.#ask = ask;
  }

  /**
   * @param keys what is asked for, by the text that it was given as
   * @returns the answers, by the same texts
   */
  async find(keys: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Answer>> {
    const wanted = [...new Set(keys.values())];
    const known = new Map(
      wanted.flatMap((key): [string, Answer][] => {
        const answer = this.#answers.get(key);
        return answer === undefined ? [] : [[key, answer]];
      }),
    );
    const asked = wanted.filter((key) => !known.has(key));
    const fresh = asked.length > 0 ? await this.#ask(asked) : new Map<string, Answer>();
    for (const [key, answer] of fresh) this.#remember(key, answer);
    return new Map(
      [...keys].flatMap(([given, key]): [string, Answer][] => {
        const answer = known.get(key) ?? fresh.get(key);
        return answer === undefined ? [] : [[given, answer]];
      }),
    );
  }

  #remember(key: string, answer: Answer): void {
    this.#answers.set(key, answer);
    if (this.#answers.size <= this.#limit) return;
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined) this.#answers.delete(oldest);
  }
}
