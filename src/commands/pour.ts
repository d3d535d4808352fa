import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Prints pieces as fast as they are read; a reader that goes away, as `| head` does, is no error. */
export async function pour(pieces: AsyncIterable<string>, stdout: Writable): Promise<void> {
  try {
    await pipeline(pieces, stdout, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}
