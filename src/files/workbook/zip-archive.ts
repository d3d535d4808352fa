import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Problem } from '../../domain/errors/problem.ts';
import { problem } from '../../messages/problems.ts';

export interface ArchiveOptions {
  /** Name of the file for messages. */
  fileName: string;
  /** Most bytes that its documents may have unpacked. */
  maxBytes: number;
}

const MOST_PARTS = 100_000;
const BLOCK_BYTES = 128 * 1024;
/** Compression methods. */
const [STORED, DEFLATED] = [0, 8];
/** Pictures and the like are never read. */
const DOCUMENT = /\.(?:xml|rels)$/i;

/**
 * A ZIP archive on the disk, whose parts can be read in any order. Names do not depend on case: 1C writes
 * `SharedStrings.xml` and refers to `sharedStrings.xml`.
 */
export class ZipArchive implements Disposable {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #fileName: string;
  readonly #maxBytes: number;

  private constructor(
    zip: ZipFile,
    entries: ReadonlyMap<string, Entry>,
    { fileName, maxBytes }: ArchiveOptions,
  ) {
    this.#zip = zip;
    this.#entries = entries;
    this.#fileName = fileName;
    this.#maxBytes = maxBytes;
  }

  /**
   * @returns undefined when the archive's directory cannot be read: the file is incomplete, or not an archive
   * @throws Problem when its documents are larger than allowed, as the directory declares them
   */
  static async open(
    path: string,
    { fileName, maxBytes }: ArchiveOptions,
  ): Promise<ZipArchive | undefined> {
    const zip = await openPromise(path, { autoClose: false }).catch(undefinedUnlessSystemError);
    if (zip === undefined) return undefined;
    const entries = await entriesOf(zip).catch((error: unknown) => {
      zip.close();
      return undefinedUnlessSystemError(error);
    });
    if (entries === undefined) return undefined;
    const archive = new ZipArchive(zip, entries, { fileName, maxBytes });
    const documents = [...entries.values()].filter((entry) => DOCUMENT.test(entry.fileName));
    const bytes = documents.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (bytes <= maxBytes) return archive;
    archive[Symbol.dispose]();
    throw archive.#tooLarge();
  }

  #tooLarge(): Problem {
    return problem('file_too_large', { file: this.#fileName, most: this.#maxBytes, unpacked: 1 });
  }

  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase());
  }

  /**
   * @returns the unpacked bytes of a part
   * @throws Problem when it is missing, protected or damaged, or unpacks to more than the directory declares
   */
  async *read(part: string): AsyncGenerator<Uint8Array, void> {
    const entry = this.#entries.get(part.toLowerCase());
    if (entry === undefined) throw this.damaged(part);
    if (entry.isEncrypted()) throw problem('workbook_encrypted', { file: this.#fileName });
    let [sum, length] = [0, 0];
    try {
      for await (const block of unpacked(this.#zip, entry)) {
        length += block.length;
        if (length > entry.uncompressedSize) {
          throw problem('workbook_size_false', { file: this.#fileName, part });
        }
        // A part of any name can be declared to be a sheet.
        if (length > this.#maxBytes) throw this.#tooLarge();
        sum = crc32(block, sum);
        yield block;
      }
    } catch (error) {
      throw error instanceof Problem || isSystemError(error) ? error : this.damaged(part, error);
    }
    if (sum !== entry.crc32) throw this.damaged(part);
  }

  damaged(part: string, cause?: unknown): Problem {
    return problem('workbook_damaged', { file: this.#fileName, part }, { cause });
  }

  doctype(part: string): Problem {
    return problem('workbook_doctype', { file: this.#fileName, part });
  }

  [Symbol.dispose](): void {
    this.#zip.close();
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry> | undefined> {
  const entries = new Map<string, Entry>();
  if (zip.entryCount > MOST_PARTS) return undefined;
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
  return entries;
}

/** Unpacks in larger blocks than yauzl does, which takes half the time. */
async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array, void> {
  const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  if (entry.compressionMethod === STORED) return yield* packed;
  if (entry.compressionMethod !== DEFLATED) throw new Error('unknown compression');
  const inflate = createInflateRaw({ chunkSize: BLOCK_BYTES });
  // Errors in the pipeline are thrown when `inflate` is read.
  const flow = pipeline(packed, inflate).catch(() => undefined);
  try {
    yield* inflate;
  } finally {
    inflate.destroy();
    await flow;
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

function undefinedUnlessSystemError(error: unknown): undefined {
  if (isSystemError(error)) throw error;
}
