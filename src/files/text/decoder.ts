import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { openInSingleBytes, openInUtf8, openInUtf16 } from './blocks.ts';
import type { Encoding } from './encoding.ts';

/** Decodes the bytes of one encoding block by block. */
export interface BlockDecoder {
  /** See `blocksOf`. */
  openBytes: (block: Uint8Array) => number;
  /** @returns the text with its byte order mark, or undefined where the block is damaged */
  decode: (block: Buffer) => string | undefined;
}

export function blockDecoder(encoding: Encoding): BlockDecoder {
  switch (encoding) {
    case 'utf-8':
      // Faster than a TextDecoder, and most files are UTF-8.
      return {
        openBytes: openInUtf8,
        decode: (block) => (isUtf8(block) ? block.toString('utf8') : undefined),
      };
    case 'utf-16le':
      return { openBytes: openInUtf16(1), decode: decodeWhole(encoding) };
    case 'utf-16be':
      return { openBytes: openInUtf16(2), decode: decodeWhole(encoding) };
    case 'windows-1251':
    case 'windows-1252':
    case 'windows-1250':
    case 'koi8-r':
    case 'ibm866':
    case 'x-mac-cyrillic':
      return { openBytes: openInSingleBytes, decode: decodeSingleBytes(encoding) };
    default:
      return encoding satisfies never;
  }
}

/** @returns the text of a damaged block before the damage */
export function textBeforeDamage(block: Uint8Array, encoding: Encoding): string {
  let intact = 0;
  for (let damaged = block.length; intact + 1 < damaged; ) {
    const middle = (intact + damaged) >> 1;
    if (decodeStart(block.subarray(0, middle), encoding) === undefined) damaged = middle;
    else intact = middle;
  }
  return decodeStart(block.subarray(0, intact), encoding) ?? '';
}

/** Decodes bytes that can end within a character. */
function decodeStart(bytes: Uint8Array, encoding: Encoding): string | undefined {
  return unlessDamaged(() => strictDecoder(encoding).decode(bytes, { stream: true }));
}

function decodeWhole(encoding: Encoding): BlockDecoder['decode'] {
  const decoder = strictDecoder(encoding);
  return (block) => unlessDamaged(() => decoder.decode(block));
}

/** In these encodings every byte is valid. */
function decodeSingleBytes(encoding: Encoding): BlockDecoder['decode'] {
  const decoder = strictDecoder(encoding);
  // As a stream, although characters do not span blocks: otherwise Node 24.5 decodes windows-1252 as
  // Latin-1, and loses € and “”.
  return (block) => decoder.decode(block, { stream: true });
}

const strictDecoder = (encoding: Encoding): TextDecoder =>
  new TextDecoder(encoding, { fatal: true, ignoreBOM: true });

function unlessDamaged(decode: () => string): string | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
