import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes pieces to the stream as they are read. Stops without an error when the stream fails, as
 * with `| head` or on a full disk; the stream's own `error` event reports that.
 *
 * @throws the error of reading the pieces
 */
export async function pour(
  pieces: AsyncIterable<string | Uint8Array>,
  stdout: Writable,
): Promise<void> {
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
