import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../domain/errors/problem.ts';
import { gunzipped } from '../files/text/gunzip.ts';
import { tooLarge } from '../files/text/too-large.ts';
import { makePrivateFolder, PRIVATE_FILE } from '../platform/private-files.ts';

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

/** What this process has kept, and does not know yet whether an import is made of. */
interface Undecided {
  /** How many have handed it in who do not know yet. */
  users: number;
  /** Nothing was there before: what another process may just be about to make an import of stays. */
  isNew: boolean;
  /** Of the file as it was handed in last, in this process. */
  inode: number;
}

/** By path. Never changed in place: whoever finds the same one again knows that nobody came meanwhile. */
const undecided = new Map<string, Undecided>();

/**
 * Keeps a file under `DATA_DIR/sources`, whole or not at all, also over a power cut; the same bytes
 * again take no further room. Whoever knows whether an import is made of it calls {@link releaseSource}.
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
    const { digest, inode } = await write(bytes, unfinished, options).catch((error: unknown) => {
      throw explain(error, options);
    });
    const path = pathOf(options.dataDir, digest);
    const { users, isNew } = undecided.get(path) ?? { users: 0, isNew: !existsSync(path) };
    // Renamed even over the same bytes: what is young is not swept before it has an import.
    // At once, so that nobody releases what is there already and has no user yet.
    renameSync(unfinished, path);
    undecided.set(path, { users: users + 1, isNew, inode });
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

/**
 * Lets go of a file that {@link keepSource} has kept. The last one who does removes it, unless an
 * import is made of it, or it was handed in again meanwhile, here or in another process. What stays
 * for that without an import is left to `sweepSources`.
 *
 * @param hasImport asked whether an import is made of it
 */
export async function releaseSource(
  digest: string,
  dataDir: string,
  hasImport: () => Promise<boolean>,
): Promise<void> {
  const path = pathOf(dataDir, digest);
  const held = undecided.get(path);
  if (held === undefined) return;
  const left = { ...held, users: held.users - 1 };
  undecided.set(path, left);
  if (left.users > 0) return;
  try {
    const isWanted = await hasImport();
    // Who came meanwhile may have an import by now, and releases it as well.
    if (isWanted || undecided.get(path) !== left || !left.isNew) return;
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.ino === left.inode) rmSync(path, { force: true });
  } finally {
    if (undecided.get(path) === left) undecided.delete(path);
  }
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
    `The disk with ${dataDir} is full; ${fileName} was not stored.`,
    'Free disk space and try again.',
    { cause: error, coded: { code: 'disk_full', params: { file: fileName } } },
  );
}

async function write(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  { fileName, maxBytes }: SourceOptions,
): Promise<{ digest: string; inode: number }> {
  const hash = createHash('sha256');
  let length = 0;
  await using file = await open(path, 'wx', PRIVATE_FILE);
  for await (const block of bytes) {
    length += block.length;
    if (length > maxBytes) throw tooLarge(fileName, 'has', maxBytes);
    hash.update(block);
    // `write` may write less than it is given, as on a disk that is about to be full.
    await file.appendFile(block);
  }
  await file.sync();
  return { digest: hash.digest('hex'), inode: (await file.stat()).ino };
}
