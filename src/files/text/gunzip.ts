import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Problem } from '../../domain/errors/problem.ts';
import { problem } from '../../messages/problems.ts';

export interface GunzipOptions {
  fileName: string;
  /** Most unpacked bytes: a small archive can unpack to more than any disk holds. */
  maxBytes: number;
}

/**
 * Unpacks a gzip archive, with one or several members; passes other sources through.
 *
 * @throws Problem when the archive is damaged or too large, after the bytes before that were yielded
 */
export async function* gunzipped(
  source: AsyncIterable<Uint8Array>,
  options: GunzipOptions,
): AsyncGenerator<Uint8Array, void> {
  const rest = source[Symbol.asyncIterator]();
  try {
    const start = await firstChunks(rest);
    const [first, second] = Buffer.concat(start);
    const whole = joined(start, rest);
    yield* first === 0x1f && second === 0x8b ? unpacked(whole, options) : whole;
  } finally {
    await rest.return?.();
  }
}

/** @returns the chunks that contain the first two bytes */
async function firstChunks(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array[]> {
  const first: Uint8Array[] = [];
  for (let bytes = 0; bytes < 2; ) {
    const next = await chunks.next();
    if (next.done === true) break;
    first.push(next.value);
    bytes += next.value.length;
  }
  return first;
}

async function* joined(
  start: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  yield* start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* unpacked(
  packed: AsyncIterable<Uint8Array>,
  { fileName, maxBytes }: GunzipOptions,
): AsyncGenerator<Uint8Array, void> {
  const gunzip = createGunzip();
  // Errors in the pipeline are thrown when `gunzip` is read.
  const flow = pipeline(Readable.from(packed), gunzip).catch(() => undefined);
  let bytes = 0;
  try {
    for await (const chunk of gunzip) {
      bytes += chunk.length;
      if (bytes > maxBytes)
        throw problem('file_too_large', { file: fileName, most: maxBytes, unpacked: 1 });
      yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? damaged(fileName, error) : error;
  } finally {
    gunzip.destroy();
    await flow;
  }
}

interface ZlibError extends Error {
  code: string;
}

const isZlibError = (error: unknown): error is ZlibError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('Z_');

const damaged = (fileName: string, cause: ZlibError): Problem => {
  const code = cause.code === 'Z_BUF_ERROR' ? 'gzip_broken_off' : 'gzip_damaged';
  return problem(code, { file: fileName }, { cause });
};
