import { Problem } from '../../domain/errors/problem.ts';
import { quoteCell } from '../rows/cell.ts';
import { type Delimiter, parseDelimiter } from './delimiter.ts';

/**
 * Reads the line with which a file tells Excel its delimiter: `sep=;`, the first of the file.
 *
 * @returns undefined when the first line is another
 * @throws Problem when it names what we do not read
 */
export function readSeparatorLine(text: string, fileName: string): Delimiter | undefined {
  const [, named] = /^"?sep=([^\r\n]*)/i.exec(text) ?? [];
  if (named === undefined) return undefined;
  const delimiter = parseDelimiter(named.replace(/"$/, '').replace(/^(.).*/s, '$1'));
  if (delimiter !== undefined) return delimiter;
  throw new Problem(
    `${fileName}, line 1: the delimiter ${quoteCell(named)} is not supported.`,
    'Use a comma, a semicolon, a tab or a vertical bar.',
    { coded: { code: 'delimiter_unusable', params: { file: fileName, cell: quoteCell(named) } } },
  );
}
