import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Size of a block; a text does not span blocks. */
const BLOCK_BYTES = 1024 * 1024;
/** Blocks in memory; the rest goes to a file. */
const MOST_BLOCKS = 16;
const WINDOW_BYTES = 64 * 1024;
const LENGTH_BYTES = 4;

/** Most UTF-16 units of a text; a cell of Excel has at most 32,767. */
export const LONGEST_TEXT = 256 * 1024;
/** Most texts, of four bytes each in memory: sixteen for each row of a sheet. */
export const MOST_TEXTS = 16_777_216;
const MOST_BLOCKS_IN_ALL = 2 ** 32 / BLOCK_BYTES;

/**
 * Stores texts as bytes, to be read by their number: a million JavaScript strings would take several times the
 * memory. Beyond 16 MiB they are in a temporary file.
 */
export class TextArena implements Disposable {
  readonly #blocks: Buffer[] = [];
  #starts = new Uint32Array(1024);
  #count = 0;
  #block = Buffer.allocUnsafe(0);
  #filled = 0;
  /** Number of blocks before the one that is being filled. */
  #full = -1;
  #file: number | undefined;
  readonly #window = Buffer.allocUnsafe(WINDOW_BYTES);
  #windowAt = Number.POSITIVE_INFINITY;

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === MOST_TEXTS || this.#full === MOST_BLOCKS_IN_ALL - 1;
  }

  /** @param text of at most {@link LONGEST_TEXT} UTF-16 units; throws the system's error when the disk is full */
  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#filled + LENGTH_BYTES + length > this.#block.length) this.#nextBlock();
    if (this.#count === this.#starts.length) this.#grow();
    this.#starts[this.#count++] = this.#full * BLOCK_BYTES + this.#filled;
    this.#block.writeUInt32LE(length, this.#filled);
    this.#block.write(text, this.#filled + LENGTH_BYTES);
    this.#filled += LENGTH_BYTES + length;
  }

  /** @param number from 0, below {@link count} */
  text(number: number): string {
    const start = this.#starts[number] ?? 0;
    const index = Math.floor(start / BLOCK_BYTES);
    const block = index === this.#full ? this.#block : this.#blocks[index];
    return block === undefined ? this.#textInFile(start) : textAt(block, start % BLOCK_BYTES);
  }

  #nextBlock(): void {
    if (this.#full >= 0 && this.#full < MOST_BLOCKS) this.#blocks.push(this.#block);
    else if (this.#full >= MOST_BLOCKS) this.#writeBlock();
    const isReused = this.#full >= MOST_BLOCKS;
    if (!isReused) this.#block = Buffer.allocUnsafe(BLOCK_BYTES);
    this.#full += 1;
    this.#filled = 0;
  }

  #writeBlock(): void {
    this.#file ??= openTemporary();
    const at = (this.#full - MOST_BLOCKS) * BLOCK_BYTES;
    for (let done = 0; done < BLOCK_BYTES; ) {
      done += writeSync(this.#file, this.#block, done, BLOCK_BYTES - done, at + done);
    }
  }

  #textInFile(start: number): string {
    if (this.#file === undefined) throw new Error('a text is in a file that was not written');
    const at = start - MOST_BLOCKS * BLOCK_BYTES;
    const inWindow = at - this.#windowAt;
    if (inWindow >= 0 && inWindow + LENGTH_BYTES <= WINDOW_BYTES) {
      const length = this.#window.readUInt32LE(inWindow);
      if (inWindow + LENGTH_BYTES + length <= WINDOW_BYTES) return textAt(this.#window, inWindow);
    }
    // Texts are mostly read in the order in which they were added.
    readSync(this.#file, this.#window, 0, WINDOW_BYTES, at);
    this.#windowAt = at;
    const length = this.#window.readUInt32LE(0);
    if (LENGTH_BYTES + length <= WINDOW_BYTES) return textAt(this.#window, 0);
    const long = Buffer.allocUnsafe(length);
    readSync(this.#file, long, 0, length, at + LENGTH_BYTES);
    return long.toString('utf8');
  }

  #grow(): void {
    const grown = new Uint32Array(this.#starts.length * 2);
    grown.set(this.#starts);
    this.#starts = grown;
  }

  [Symbol.dispose](): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

function textAt(block: Buffer, start: number): string {
  const from = start + LENGTH_BYTES;
  return block.toString('utf8', from, from + block.readUInt32LE(start));
}

/** @returns a file that is gone when it is closed, however the process ends */
function openTemporary(): number {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-invite-'));
  try {
    return openSync(join(folder, 'texts'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
