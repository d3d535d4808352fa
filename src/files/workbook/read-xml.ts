import { blocksOf } from '../text/blocks.ts';
import { blockDecoder } from '../text/decoder.ts';
import { markedEncoding } from '../text/encoding.ts';
import { XmlError } from './xml-error.ts';
import { type XmlHandler, XmlScanner } from './xml-scanner.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Small, because what is collected of a piece is in memory at once. */
const PIECE_BYTES = 16 * 1024;

/**
 * Scans a document of a workbook, in UTF-8 or in UTF-16 with a byte order mark. Yields after each piece, so that
 * the caller can pass on what the handler has collected.
 *
 * @throws Problem when the document is missing or damaged, or declares a document type
 */
export async function* scanXml(
  archive: ZipArchive,
  part: string,
  handler: XmlHandler,
): AsyncGenerator<void, void> {
  const scanner = new XmlScanner(handler);
  try {
    for await (const text of textOf(archive.read(part))) {
      scanner.write(text);
      yield;
    }
    scanner.end();
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw error.fault === 'doctype' ? archive.doctype(part) : archive.damaged(part, error);
  }
}

/** Scans a whole document. */
export async function readXml(
  archive: ZipArchive,
  part: string,
  handler: XmlHandler,
): Promise<void> {
  for await (const _ of scanXml(archive, part, handler));
}

async function* textOf(source: AsyncGenerator<Uint8Array, void>): AsyncGenerator<string, void> {
  try {
    const first = await source.next();
    if (first.done === true) return;
    const { openBytes, decode } = blockDecoder(markedEncoding(first.value) ?? 'utf-8');
    for await (const block of blocksOf(joined(first.value, source), openBytes, PIECE_BYTES)) {
      const text = decode(block);
      if (text === undefined) throw new XmlError('damaged');
      yield text;
    }
  } finally {
    // Closes the file when no more is read, even if only the first bytes were.
    await source.return();
  }
}

async function* joined(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, void> {
  yield first;
  yield* rest;
}
