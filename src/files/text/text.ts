import { LineCount } from '../csv/line-count.ts';
import { blocksOf } from './blocks.ts';
import { damagedText, otherMark, zeroByte } from './damage.ts';
import { blockDecoder, textBeforeDamage } from './decoder.ts';
import { type Encoding, markedEncoding } from './encoding.ts';
import { refuseForeignBytes, refuseForeignText } from './signature.ts';

const BOM = '\ufeff';

/**
 * Bytes → text. The text comes without its byte order mark, in pieces of about 64 KiB however
 * small or large the chunks of the source are; an empty source gives none.
 *
 * @throws Problem when the file is no text in this encoding: at once for what its first bytes
 * tell, else with the line when reading gets there
 */
export async function* readText(
  source: AsyncIterable<Uint8Array>,
  { fileName, encoding }: { fileName: string; encoding: Encoding },
): AsyncGenerator<string> {
  const { openBytes, decode } = blockDecoder(encoding);
  const lines = new LineCount();
  let start = true;
  for await (const block of blocksOf(source, openBytes)) {
    if (start) {
      refuseForeignBytes(block, fileName);
      const marked = markedEncoding(block) ?? encoding;
      if (marked !== encoding) throw otherMark(fileName, marked, encoding);
    }
    let text = decode(block);
    if (text === undefined) {
      const line = lines.lineAfter(textBeforeDamage(block, encoding));
      throw damagedText(fileName, line, encoding);
    }
    const zero = text.indexOf('\0');
    if (zero !== -1) throw zeroByte(fileName, lines.lineAfter(text.slice(0, zero)));
    if (start) {
      if (text.startsWith(BOM)) text = text.slice(1);
      refuseForeignText(text, fileName);
      start = false;
    }
    lines.add(text);
    yield text;
  }
}
