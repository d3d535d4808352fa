import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Prints pieces as fast as they are read, until the stream takes no more, as with `| head` or on a
 * full disk: its own `error` event says so.
 *
 * @throws what reading the pieces throws
 */
export async function pour(pieces: AsyncIterable<string>, stdout: Writable): Promise<void> {
  let broken: unknown;
  const onError = (error: unknown) => {
    broken = error;
  };
  stdout.once('error', onError);
  try {
    await pipeline(pieces, stdout, { end: false });
  } catch (error) {
    if (broken === undefined) throw error;
  } finally {
    stdout.off('error', onError);
  }
}
