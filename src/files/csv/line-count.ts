/** Counts the lines of a text that arrives in pieces. Lines end in LF, or all of them in CR alone. */
export class LineCount {
  #lf = 0;
  #cr = 0;

  add(text: string): void {
    this.#lf += count(text, '\n');
    // As soon as one line ends in LF, no CR counts.
    if (this.#lf === 0) this.#cr += count(text, '\r');
  }

  /** @returns the line number of what follows the text */
  lineAfter(text: string): number {
    const lf = this.#lf + count(text, '\n');
    return 1 + (lf > 0 ? lf : this.#cr + count(text, '\r'));
  }
}

function count(text: string, character: string): number {
  let found = 0;
  // `indexOf` is faster than a loop over the characters, and this runs over the whole file.
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found++;
  return found;
}
