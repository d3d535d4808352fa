/**
 * @returns of some names the one that was probably meant: as good as the same, or one slip away for every
 * three characters; undefined when none is
 */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  // Nobody mistypes a name into something so long.
  if (word.length > LONGEST) return undefined;
  const wanted = plain(word);
  const found = names
    .map((name) => ({ name, slips: slipsBetween(wanted, plain(name)) }))
    .filter(({ name, slips }) => slips <= Math.floor(Math.max(wanted.length, name.length) / 3))
    .toSorted((a, b) => a.slips - b.slips)[0];
  return found?.name;
}

const LONGEST = 50;

/** @returns how many characters are to be put in, left out or changed (Levenshtein) */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (left === right ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
