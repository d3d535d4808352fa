import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipped } from '../csv/gunzip.ts';
import { tooLarge } from '../csv/too-large.ts';
import { Problem } from '../domain/problem.ts';
import { makePrivateFolder, PRIVATE_FILE } from '../private-files.ts';

export interface SourceOptions {
  dataDir: string;
  /** As the person knows the file. */
  fileName: string;
  /** The most bytes that a file may have, packed or unpacked. */
  maxBytes: number;
}

/** A file that was handed in, kept under its digest: what is read cannot change any more. */
export interface KeptSource {
  fileName: string;
  /** SHA-256 of the bytes as they came, hex. */
  digest: string;
  /** Begins to read the file, unpacked. */
  open(): AsyncIterable<Uint8Array>;
}

/**
 * Keeps a file under `DATA_DIR/sources`; the same bytes again take no further room. Whoever finds
 * that it makes no import drops it.
 *
 * @throws Problem when it is larger than allowed; nothing of it stays then
 */
export async function keepSource(
  bytes: AsyncIterable<Uint8Array>,
  options: SourceOptions,
): Promise<KeptSource> {
  const folder = join(options.dataDir, 'sources');
  makePrivateFolder(folder);
  const unfinished = join(folder, `${randomUUID()}.part`);
  try {
    const digest = await write(bytes, unfinished, options).catch((error: unknown) => {
      throw explain(error, options);
    });
    const path = pathOf(options.dataDir, digest);
    // Renamed even over the same bytes: what is young is not swept before it has an import.
    await rename(unfinished, path);
    return source(path, digest, options);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** @returns the file of that digest, or undefined when it is not kept any more */
export function findSource(digest: string, options: SourceOptions): KeptSource | undefined {
  const path = pathOf(options.dataDir, digest);
  return existsSync(path) ? source(path, digest, options) : undefined;
}

/** Removes a file that no import is made of. */
export function dropSource(digest: string, dataDir: string): void {
  rmSync(pathOf(dataDir, digest), { force: true });
}

const pathOf = (dataDir: string, digest: string): string => join(dataDir, 'sources', digest);

const source = (path: string, digest: string, options: SourceOptions): KeptSource => ({
  fileName: options.fileName,
  digest,
  open: () => opened(path, options),
});

/** Opens the file when it is asked for its first bytes: who never asks would never close it. */
async function* opened(path: string, options: SourceOptions): AsyncGenerator<Uint8Array, void> {
  yield* gunzipped(createReadStream(path), options);
}

function explain(error: unknown, { fileName, dataDir }: SourceOptions): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) return error;
  return new Problem(
    `The disk with ${dataDir} is full; nothing of ${fileName} was stored.`,
    'Make room and start again.',
    { cause: error, coded: { code: 'disk_full', params: { file: fileName } } },
  );
}

async function write(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  { fileName, maxBytes }: SourceOptions,
): Promise<string> {
  const hash = createHash('sha256');
  let length = 0;
  await using file = await open(path, 'wx', PRIVATE_FILE);
  for await (const block of bytes) {
    length += block.length;
    if (length > maxBytes) throw tooLarge(fileName, 'has', maxBytes);
    hash.update(block);
    await file.write(block);
  }
  return hash.digest('hex');
}
