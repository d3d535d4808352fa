import { LRUCache } from 'lru-cache';

/** Looks up many keys in one call and caches the results. */
export class CachedLookups<Result extends object> {
  readonly #results: LRUCache<string, Result>;
  readonly #lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, Result>>;

  /**
   * @param max the most results in the cache; the least recently used is dropped first
   * @param lookUp returns a result for each key
   */
  constructor(
    max: number,
    lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, Result>>,
  ) {
    this.#results = new LRUCache({ max });
    this.#lookUp = lookUp;
  }

  /**
   * @param keys the key of each text: several texts may have the same
   * @returns the results by the texts; a failure is not cached
   */
  async find(keys: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Result>> {
    const found = new Map<string, Result>();
    const missing = new Set<string>();
    for (const key of keys.values()) {
      const result = this.#results.get(key);
      if (result === undefined) missing.add(key);
      else found.set(key, result);
    }
    const fresh = missing.size > 0 ? await this.#lookUp([...missing]) : [];
    for (const [key, result] of fresh) {
      this.#results.set(key, result);
      found.set(key, result);
    }
    return new Map(
      [...keys].flatMap(([text, key]): [string, Result][] => {
        const result = found.get(key);
        return result === undefined ? [] : [[text, result]];
      }),
    );
  }
}
