const BLOCK_BYTES = 64 * 1024;

/**
 * Regroups the source's chunks, of any size, into blocks of about 64 KiB that end at the end of a
 * character. Each block overwrites the previous one. An empty source yields none.
 *
 * @param openBytes returns the number of bytes, at most 3, of an incomplete character at the end of a
 * block of even length
 * @param size of a block in bytes, even. @default 64 KiB
 */
export async function* blocksOf(
  source: AsyncIterable<Uint8Array>,
  openBytes: (block: Uint8Array) => number,
  size = BLOCK_BYTES,
): AsyncGenerator<Buffer, void> {
  const block = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(size - filled, chunk.length - at);
      block.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled === size) {
        const open = openBytes(block);
        yield block.subarray(0, size - open);
        block.copyWithin(0, size - open);
        filled = open;
      }
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}

export function openInUtf8(bytes: Uint8Array): number {
  for (const back of [1, 2, 3]) {
    const byte = bytes.at(-back) ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0;
  }
  return 0;
}

const sequenceLength = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);

/** @param high position of the high byte of the last unit, counted from the end */
export const openInUtf16 =
  (high: 1 | 2) =>
  (bytes: Uint8Array): number => {
    const byte = bytes.at(-high) ?? 0;
    return byte >= 0xd8 && byte <= 0xdb ? 2 : 0;
  };

export const openInSingleBytes = (): number => 0;
