const SAMPLE_BYTES = 64 * 1024;
const SPACE = 0x20;

/** Collects the words with non-ASCII bytes, up to 64 KiB: only they distinguish the encodings. */
export class ForeignWords {
  readonly #sample = new Uint8Array(SAMPLE_BYTES);
  #length = 0;

  get full(): boolean {
    return this.#length === SAMPLE_BYTES;
  }

  /** @returns the words, each followed by a space */
  bytes(): Uint8Array {
    return this.#sample.subarray(0, this.#length);
  }

  take(block: Uint8Array): void {
    for (let i = 0; i < block.length && !this.full; i++) {
      if ((block[i] ?? 0) < 0x80) continue;
      let from = i;
      while (from > 0 && isWordByte(block[from - 1])) from--;
      while (i < block.length && isWordByte(block[i])) i++;
      this.#add(block.subarray(from, i));
    }
  }

  #add(word: Uint8Array): void {
    const free = SAMPLE_BYTES - this.#length - 1;
    const taken = word.subarray(0, free);
    this.#sample.set(taken, this.#length);
    this.#sample[this.#length + taken.length] = SPACE;
    this.#length += taken.length + 1;
  }
}

function isWordByte(byte = 0): boolean {
  if (byte >= 0x80) return true;
  const lowerCase = byte | 0x20;
  return (lowerCase >= 0x61 && lowerCase <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}
