import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { CsvFormat } from '../files/csv/csv-format.ts';
import type { Content } from '../files/rows/rows.ts';
import { gunzipped } from '../files/text/gunzip.ts';
import { WorkbookFile } from '../files/workbook/sheet-records.ts';
import { problem } from '../messages/problems.ts';
import { makePrivateFolder, PRIVATE_FILE } from '../platform/private-files.ts';

export interface SourceOptions {
  dataDir: string;
  /** The name that the user gave the file. */
  fileName: string;
  /** The most bytes that a file may have, compressed or decompressed. */
  maxBytes: number;
}

/** An uploaded file, stored under its digest, so that its content cannot change any more. */
export interface KeptSource {
  fileName: string;
  /** SHA-256 of the bytes as they came, hex. */
  digest: string;
  path: string;
  /** The most bytes that it may have, compressed or decompressed. */
  maxBytes: number;
  /** Starts reading the file, decompressed. */
  open(): AsyncIterable<Uint8Array>;
  /** @returns what its rows are read from */
  content(format: CsvFormat): Content;
}

/** A file that this process has stored, before it is known whether an import uses it. */
interface Undecided {
  /** Number of uploads of the file in this process that are still undecided. */
  users: number;
  /** The file did not exist before. Otherwise it is kept, because another process may be about to import it. */
  isNew: boolean;
  /** Inode of the last upload in this process. */
  inode: number;
}

/** By path. Entries are replaced and never changed, so that the same object means no upload meanwhile. */
const undecided = new Map<string, Undecided>();

/**
 * Stores a file under `DATA_DIR/sources`, completely or not at all, even after a power cut; the same bytes
 * again take no further space. The caller calls {@link releaseSource} once it is known whether an import uses
 * the file.
 *
 * @throws Problem when the file is larger than allowed; nothing of it is kept then
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
    // Replaces even a file of the same bytes: a new file is not swept before it has an import.
    // Without a wait in between, so that no other upload releases the file before this one counts as a user.
    renameSync(unfinished, path);
    undecided.set(path, { users: users + 1, isNew, inode });
    return source(path, digest, options);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** @returns the file of that digest, or undefined when it is not stored any more */
export function findSource(digest: string, options: SourceOptions): KeptSource | undefined {
  const path = pathOf(options.dataDir, digest);
  return existsSync(path) ? source(path, digest, options) : undefined;
}

/**
 * Releases a file that {@link keepSource} has stored. The last release deletes it, unless an import uses it,
 * or it was uploaded again meanwhile, in this process or another. `sweepSources` deletes files that remain
 * without an import.
 *
 * @param hasImport returns whether an import uses the file
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
    // Another upload meanwhile may have an import by now, and releases the file as well.
    if (isWanted || undecided.get(path) !== left || !left.isNew) return;
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.ino === left.inode) rmSync(path, { force: true });
  } finally {
    if (undecided.get(path) === left) undecided.delete(path);
  }
}

/** Whether an upload in this process still has to decide about a stored file. */
export const isUndecided = (path: string): boolean => undecided.has(path);

export const pathOf = (dataDir: string, digest: string): string => join(dataDir, 'sources', digest);

const source = (path: string, digest: string, options: SourceOptions): KeptSource => ({
  fileName: options.fileName,
  digest,
  path,
  maxBytes: options.maxBytes,
  open: () => opened(path, options),
  content: (format) =>
    format.workbook === undefined
      ? opened(path, options)
      : new WorkbookFile(path, options.maxBytes),
});

/** Opens the file at the first read: a caller that never reads would never close it. */
async function* opened(path: string, options: SourceOptions): AsyncGenerator<Uint8Array, void> {
  yield* gunzipped(createReadStream(path), options);
}

function explain(error: unknown, { fileName, dataDir }: SourceOptions): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) return error;
  return problem('disk_full', { file: fileName, folder: dataDir }, { cause: error });
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
    if (length > maxBytes)
      throw problem('file_too_large', { file: fileName, most: maxBytes, unpacked: 0 });
    hash.update(block);
    // `write` can write less than it is given, for example on a disk that is almost full.
    await file.appendFile(block);
  }
  await file.sync();
  return { digest: hash.digest('hex'), inode: (await file.stat()).ino };
}
