import { isUtf8 } from 'node:buffer';
import { notUtf8, refuseForeignFile, zeroByte } from './signature.ts';

const BLOCK_BYTES = 64 * 1024;
const BOM = '\ufeff';
const LF = 10;

/**
 * Bytes → text. The text comes without its byte order mark, in pieces of about 64 KiB however
 * small or large the chunks of the source are; an empty source gives none.
 *
 * @throws Problem when the file is no UTF-8 text: at once for what its first bytes tell, else with
 * the line when reading gets there
 */
export async function* readText(
  source: AsyncIterable<Uint8Array>,
  fileName: string,
): AsyncGenerator<string> {
  let line = 1;
  let start = true;
  for await (const bytes of wholeCharacters(source)) {
    if (start) refuseForeignFile(bytes, fileName);
    const zero = bytes.indexOf(0);
    if (zero !== -1) throw zeroByte(fileName, line + newlines(bytes.subarray(0, zero)));
    if (!isUtf8(bytes)) throw notUtf8(fileName, line + newlinesBeforeDamage(bytes));
    line += newlines(bytes);
    const text = bytes.toString('utf8');
    yield start && text.startsWith(BOM) ? text.slice(1) : text;
    start = false;
  }
}

/** Blocks that end where a character ends. Each is overwritten by the next. */
async function* wholeCharacters(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(BLOCK_BYTES - filled, chunk.length - at);
      block.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled === BLOCK_BYTES) {
        const open = openBytes(block);
        yield block.subarray(0, BLOCK_BYTES - open);
        block.copyWithin(0, BLOCK_BYTES - open);
        filled = open;
      }
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

/** @returns how many bytes at the end, 0 to 3, begin a character that is not complete */
function openBytes(bytes: Uint8Array): number {
  for (const back of [1, 2, 3]) {
    const byte = bytes.at(-back) ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0;
  }
  return 0;
}

const sequenceLength = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);

function newlines(bytes: Uint8Array): number {
  let count = 0;
  // An index: for…of over bytes is several times slower, and this loop sees each byte of the file.
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === LF) count++;
  return count;
}

/** A newline is never part of a longer character, so that each line can be judged alone. */
function newlinesBeforeDamage(bytes: Buffer): number {
  let before = 0;
  let from = 0;
  for (let to = bytes.indexOf(LF); to !== -1; to = bytes.indexOf(LF, from)) {
    if (!isUtf8(bytes.subarray(from, to))) break;
    before++;
    from = to + 1;
  }
  return before;
}
