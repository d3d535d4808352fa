import { isAscii, isUtf8 } from 'node:buffer';
import { blocksOf, openInUtf8 } from './blocks.ts';
import { guessEightBit } from './eight-bit.ts';
import { type Encoding, markedEncoding } from './encoding.ts';
import { ForeignWords } from './foreign-words.ts';
import { guessUtf16 } from './utf16.ts';

export interface EncodingGuess {
  encoding: Encoding;
  /** `content`: the whole file is ASCII or UTF-8; `guess`: not certain, so it is shown to the user. */
  by: 'bom' | 'content' | 'guess';
  /** The text is implausible in this and each other supported encoding; see `EightBitGuess`. */
  suspected?: string;
}

/**
 * Detects the encoding of a file (of its contents, when it is packed). Reads no more of the source than
 * necessary: all of it while it can be UTF-8, because the first letter that is not ASCII can be in the
 * last row. The memory does not grow with the file.
 *
 * UTF-8 with some damage is still UTF-8: in another encoding all its letters would be wrong, and the
 * place of the damage would not be reported.
 */
export async function detectEncoding(source: AsyncIterable<Uint8Array>): Promise<EncodingGuess> {
  const words = new ForeignWords();
  let start = true;
  let intact = true;
  for await (const block of blocksOf(source, openInUtf8)) {
    if (start) {
      const marked = markedEncoding(block);
      if (marked !== undefined) return { encoding: marked, by: 'bom' };
      const utf16 = guessUtf16(block);
      if (utf16 !== undefined) return { encoding: utf16, by: 'guess' };
      start = false;
    }
    if (isAscii(block)) continue;
    intact &&= isUtf8(block);
    if (!words.full) words.take(block);
    else if (!intact) break;
  }
  const sample = words.bytes();
  if (intact && !isMacintosh(sample)) return { encoding: 'utf-8', by: 'content' };
  if (!intact && isMostlyUtf8(sample)) return { encoding: 'utf-8', by: 'guess' };
  return { ...guessEightBit(sample), by: 'guess' };
}

/**
 * Whether all that is not ASCII are letters of Armenian, Hebrew or the like within Latin words: the bytes of two
 * characters in a Macintosh encoding, as in l’été and Kolařík.
 */
function isMacintosh(sample: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(sample);
  const foreign = text.match(/[^\0-\x7f]/gu) ?? [];
  const mixed = text.match(/(?<=[a-z])(?=\p{L})[\u0530-\u07ff](?=[a-z])/giu) ?? [];
  return mixed.length > 0 && mixed.length === foreign.length;
}

/** Compares the number of valid multi-byte characters with the number of invalid ones. */
function isMostlyUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(sample);
  const damaged = text.match(/\ufffd/g)?.length ?? 0;
  const foreign = text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  return foreign > damaged;
}
