import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import {
  centralEntry,
  descriptor,
  endOfArchive,
  localHeader,
  type Written,
} from './zip-records.ts';

/** A file of the archive; its content is read when the files before it are written. */
export interface ArchiveFile {
  path: string;
  /** UTF-8 text in pieces. */
  content: AsyncIterable<string> | Iterable<string>;
}

/** Fast, and XML becomes a tenth of its size even so. */
const LEVEL = 3;

/**
 * Writes a ZIP archive in pieces. Memory grows neither with the content nor with the archive; an error of
 * the content ends the archive with this error.
 *
 * @param comment ASCII text at the end of the archive
 */
export async function* zipArchive(
  files: AsyncIterable<ArchiveFile>,
  comment = '',
): AsyncGenerator<Uint8Array, void> {
  const written: Written[] = [];
  let offset = 0;
  for await (const { path, content } of files) {
    const file: Written = { path, offset, crc: 0, size: 0, packed: 0 };
    const header = localHeader(path);
    yield header;
    for await (const piece of packed(content, file)) {
      file.packed += piece.length;
      yield piece;
    }
    const end = descriptor(file);
    yield end;
    offset += header.length + file.packed + end.length;
    written.push(file);
  }
  const entries = written.map(centralEntry);
  yield* entries;
  const length = entries.reduce((sum, entry) => sum + entry.length, 0);
  yield endOfArchive({ count: entries.length, length, offset }, comment);
}

async function* packed(
  content: ArchiveFile['content'],
  file: Written,
): AsyncGenerator<Uint8Array, void> {
  async function* counted() {
    for await (const text of content) {
      const bytes = Buffer.from(text);
      file.crc = crc32(bytes, file.crc);
      file.size += bytes.length;
      yield bytes;
    }
  }
  const deflate = createDeflateRaw({ level: LEVEL });
  const done = pipeline(Readable.from(counted()), deflate);
  // Reading `deflate` reports the error.
  done.catch(() => {});
  for await (const piece of deflate) yield piece;
  await done;
}
