import { problem } from '../../messages/problems.ts';
import { LineCount } from '../csv/line-count.ts';
import { blocksOf } from './blocks.ts';
import { blockDecoder, textBeforeDamage } from './decoder.ts';
import { type Encoding, markedEncoding } from './encoding.ts';
import { refuseForeignBytes, refuseForeignText } from './signature.ts';

const BOM = '\ufeff';

/**
 * Decodes bytes to text, without the byte order mark, in pieces of about 64 KiB, whatever the chunk size
 * of the source. An empty source yields none.
 *
 * @throws Problem when the file is not text in this encoding: at once when its first bytes show it,
 * otherwise with the line when reading reaches the damage
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
      if (marked !== encoding) {
        throw problem('encoding_contradicted', { file: fileName, marked, encoding });
      }
    }
    let text = decode(block);
    if (text === undefined) {
      const line = lines.lineAfter(textBeforeDamage(block, encoding));
      throw problem('text_damaged', { file: fileName, line, encoding });
    }
    const zero = text.indexOf('\0');
    if (zero !== -1) {
      const line = lines.lineAfter(text.slice(0, zero));
      throw problem('zero_byte', { file: fileName, line });
    }
    if (start) {
      if (text.startsWith(BOM)) text = text.slice(1);
      refuseForeignText(text, fileName);
      start = false;
    }
    lines.add(text);
    yield text;
  }
}
