/** Counts the lines of a text that comes in pieces. They end in LF, or all of them in CR alone. */
export class LineCount {
  #lf = 0;
  #cr = 0;

  add(text: string): void {
    this.#lf += count(text, '\n');
    // As soon as one line ends in LF, no CR counts.
    if (this.#lf === 0) this.#cr += count(text, '\r');
  }

  /** @returns the number of the line in which what follows the text stands */
  lineAfter(text: string): number {
    const lf = this.#lf + count(text, '\n');
    return 1 + (lf > 0 ? lf : this.#cr + count(text, '\r'));
  }
}

function count(text: string, character: string): number {
  let found = 0;
  // Searching is faster than looking at each character, and this sees each of the file.
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found++;
  return found;
}
