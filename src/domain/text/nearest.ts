/**
 * @returns the name that was probably meant: equal but for case and punctuation, or with at most one typo for
 * every three characters; undefined when no name is close enough
 */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  // A word of this length is no typo of a name.
  if (word.length > LONGEST) return undefined;
  const wanted = plain(word);
  const found = names
    .map((name) => ({ name, edits: editsBetween(wanted, plain(name)) }))
    .filter(({ name, edits }) => edits <= Math.floor(Math.max(wanted.length, name.length) / 3))
    .toSorted((a, b) => a.edits - b.edits)[0];
  return found?.name;
}

const LONGEST = 50;

/** @returns how many characters have to be inserted, removed or changed (Levenshtein distance) */
function editsBetween(a: string, b: string): number {
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
