import { problem } from '../../messages/problems.ts';
import { quoteCell } from '../rows/cell.ts';
import { type Delimiter, parseDelimiter } from './delimiter.ts';

/**
 * Reads a first line that declares the delimiter for Excel: `sep=;`.
 *
 * @throws Problem when it names an unsupported delimiter
 */
export function readSeparatorLine(text: string, fileName: string): Delimiter | undefined {
  const [, named] = /^"?sep=([^\r\n]*)/i.exec(text) ?? [];
  if (named === undefined) return undefined;
  const delimiter = parseDelimiter(named.replace(/"$/, '').replace(/^(.).*/s, '$1'));
  if (delimiter !== undefined) return delimiter;
  throw problem('delimiter_unusable', { file: fileName, cell: quoteCell(named) });
}
