import { Problem } from '../../domain/errors/problem.ts';
import { quoteCell } from '../rows/cell.ts';
import { type Delimiter, parseDelimiter } from './delimiter.ts';

/**
 * Reads the first line of a file when it declares the delimiter for Excel: `sep=;`.
 *
 * @returns undefined when the first line is not such a declaration
 * @throws Problem when it names an unsupported delimiter
 */
export function readSeparatorLine(text: string, fileName: string): Delimiter | undefined {
  const [, named] = /^"?sep=([^\r\n]*)/i.exec(text) ?? [];
  if (named === undefined) return undefined;
  const delimiter = parseDelimiter(named.replace(/"$/, '').replace(/^(.).*/s, '$1'));
  if (delimiter !== undefined) return delimiter;
  throw new Problem(
    `${fileName}, line 1: the delimiter ${quoteCell(named)} is none that can be read.`,
    'Use a comma, a semicolon, a tab or a vertical bar.',
    { coded: { code: 'delimiter_unusable', params: { file: fileName, cell: quoteCell(named) } } },
  );
}
