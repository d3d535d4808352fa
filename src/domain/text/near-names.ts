/** A shorter name has too many neighbors. */
const SHORTEST = 4;

/**
 * Finds names that differ by one letter: one more, one less, another one, or two in the other order. Finding
 * takes a few lookups, however many names there are.
 */
export class NearNames<Item> {
  readonly #items = new Map<string, { name: string; item: Item }[]>();

  add(name: string, item: Item): void {
    for (const key of keysOf(name)) {
      const known = this.#items.get(key);
      if (known === undefined) this.#items.set(key, [{ name, item }]);
      else known.push({ name, item });
    }
  }

  /** @returns the items of near names, each once; none of the same name */
  find(wanted: string): Item[] {
    const found = [...keysOf(wanted)].flatMap((key) => this.#items.get(key) ?? []);
    return [...new Set(found.flatMap(({ name, item }) => (isNear(name, wanted) ? [item] : [])))];
  }
}

/** Near names have one of these in common. @returns the name, and the name without each of its letters */
function keysOf(name: string): Set<string> {
  const letters = [...name];
  if (letters.length < SHORTEST) return new Set();
  return new Set([name, ...letters.map((_, i) => letters.toSpliced(i, 1).join(''))]);
}

function isNear(name: string, wanted: string): boolean {
  if (name === wanted) return false;
  const [a, b] = [[...name], [...wanted]];
  while (a.length > 0 && a[0] === b[0]) [a.shift(), b.shift()];
  while (a.length > 0 && a.at(-1) === b.at(-1)) [a.pop(), b.pop()];
  if (a.length <= 1 && b.length <= 1) return true;
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
}
