import { type Command, InvalidArgumentError } from 'commander';
import { type Delimiter, parseDelimiter } from '../../files/csv/delimiter.ts';
import { ENCODINGS, type Encoding, parseEncoding } from '../../files/text/encoding.ts';

const encoding = (text: string): Encoding => {
  const found = parseEncoding(text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`It must be one of ${ENCODINGS.join(', ')}.`);
};

export const delimiter = (text: string): Delimiter => {
  const found = parseDelimiter(text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError('It must be a comma, a semicolon, a vertical bar or a tab.');
};

const line = (text: string): number => {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1) return number;
  throw new InvalidArgumentError('It must be the number of a line, counted from 1.');
};

/** Adds the options that override what is detected in a file. */
export const addFormatOptions = (command: Command): Command =>
  command
    .option('--encoding <name>', `text encoding: ${ENCODINGS.join(', ')}`, encoding)
    .option('--delimiter <character>', 'delimiter between cells: , ; | or tab', delimiter)
    .option('--sheet <name>', 'sheet of a workbook (.xlsx, .ods), by its name')
    .option(
      '--header-line <number>',
      'line that names the columns; lines above it are not read',
      line,
    )
    .option('--group-column <column>', 'group column, by name or number')
    .option('--user-column <column>', 'user column, by name or number')
    .option('--message-column <column>', 'invitation text column, by name or number')
    .option('--no-message-column', 'do not read invitation texts from any column')
    .option('--no-remembered', 'ignore what was chosen for the same header before');
